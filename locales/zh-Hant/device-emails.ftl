# 關於借用裝置的電子郵件；說明見英文檔。

email-label-devices = 裝置
email-label-poe = 乙太網路供電（PoE）
email-label-order = 示範訂單編號
email-label-rma = RMA 號碼
email-label-serials = 序號
email-label-missing = 尚未退還
email-label-received = 已收到
email-label-wrong = 不屬於這批出貨
email-label-carrier = 貨運公司
email-label-tracking = 追蹤號碼
email-label-shipped = 出貨日
email-label-loan-ends = 裝置借用結束日
email-label-loan-before = 原裝置借用結束日
email-label-return-opens = 開始受理退還
email-label-return-due = 最後退還日
email-label-trial-ends = 試用到期日
email-poe-yes = 現場可用
email-poe-no = 現場無法使用：話機不附電源供應器
email-serials-more = 另有 { $count } 個
email-steps = 如何寄回裝置
email-sheet = 列印退還單（PDF）
email-agreement = 閱讀裝置授權協議（EULA）
email-agreement-ask = 裝置授權協議（EULA）請洽 { $contact } 索取。

email-shipment-requested-team =
    .subject = 待寄送裝置：{ $customer }的{ $devices }
    .heading = 有新的裝置請求
    .lead = { $partner }為{ $customer }的試用請求{ $devices }。
    .next = 請核准或駁回這項請求；核准後請填寫出貨資料。
    .button = 開啟請求

email-shipment-requested-no-poe-team =
    .subject = 待寄送裝置（現場無 PoE）：{ $customer }的{ $devices }
    .heading = 現場沒有 PoE 的裝置請求
    .lead = { $partner }為{ $customer }的試用請求{ $devices }。現場沒有乙太網路供電，而話機不附電源供應器。
    .next = 請先與{ $partner }確認話機如何供電，再核准或駁回這項請求。
    .button = 開啟請求

email-label-requested-team =
    .subject = 需要新的退還標籤：{ $customer }的 { $rma }
    .heading = 缺少退還標籤
    .lead = { $partner }為{ $customer }請求新的退還標籤：訂單 { $order } 的標籤或包裝已遺失。
    .next = 請為 { $rma } 寄送新的退還標籤。
    .button = 開啟出貨紀錄

email-device-extension-requested-team =
    .subject = 申請延長借用：{ $customer }再借 { $more } 天
    .heading = 有一項延長借用的請求
    .lead = { $partner }請求讓{ $customer }再借用{ $devices }（訂單 { $order }）{ $more } 天。
    .when = 目前的裝置借用結束日為{ $loan }。
    .next = 請核准或駁回。在此之前，一切不變。
    .button = 查看請求

email-shipment-approved-partner =
    .subject = 已核准：{ $customer }的{ $devices }
    .heading = 您的裝置請求已獲核准
    .lead = { $vendor }的試用團隊將寄送{ $devices }給{ $customer }。
    .next = 您不需要做任何事。裝置寄出時，我們會通知您。
    .button = 開啟試用

email-shipment-refused-partner =
    .subject = 未獲核准：{ $customer }的{ $devices }
    .heading = 您的裝置請求未獲核准
    .lead = { $vendor }的試用團隊駁回了寄送{ $devices }給{ $customer }的請求。試用本身照常進行。
    .next = 您可以再次請求這些裝置，或請客戶使用自備的裝置。
    .button = 開啟試用

email-device-shipped-customer =
    .subject = 裝置已寄出：{ $devices }
    .heading = 您的裝置已寄出
    .lead = { $vendor }已透過{ $carrier }將{ $devices }寄給{ $customer }，示範訂單編號為 { $order }。
    .when = 裝置可借用至{ $loan }（裝置借用結束日）。
    .next = 安裝前請先閱讀裝置的授權協議，並保留包裝箱與箱內所有物品，以便日後寄回。
    .next-ask = 安裝前請先向 { $contact } 索取裝置授權協議（EULA）並詳閱；也請保留包裝箱與箱內所有物品，以便日後寄回。
    .note = 裝置借用結束日不是試用到期日：延長或購買試用都不會改變這個日期。自{ $opens }起受理退還，最後退還日為{ $due }。
    .button = 查看我的裝置

email-device-shipped-partner =
    .subject = { $customer }：{ $devices }已寄出
    .heading = 裝置已寄給您的客戶
    .lead = { $vendor }已透過{ $carrier }將{ $devices }寄給{ $customer }，示範訂單編號為 { $order }。
    .when = 裝置可借用至{ $loan }（裝置借用結束日）。
    .next = { $customer }的管理員已收到相同的日期。若需要借用更久，請及早向試用團隊提出。
    .note = 裝置借用結束日不是試用到期日：延長或轉換試用都不會改變這個日期。自{ $opens }起受理退還，最後退還日為{ $due }。
    .button = 開啟試用

email-device-extension-approved-customer =
    .subject = 裝置可以借用更久：新的借用結束日為{ $loan }
    .heading = 裝置可以借用更久
    .lead = { $customer }可再借用{ $devices } { $more } 天。
    .when = 新的裝置借用結束日為{ $loan }。
    .next = 您不需要做任何事。自{ $opens }起受理退還，最後退還日為{ $due }。
    .note = 試用到期日不變。
    .button = 查看我的裝置

email-device-extension-approved-partner =
    .subject = 已核准：{ $customer }可再借用裝置 { $more } 天
    .heading = 裝置可以借用更久
    .lead = { $vendor }的試用團隊已核准您的請求：{ $customer }可再借用{ $devices } { $more } 天。
    .when = 新的裝置借用結束日為{ $loan }。
    .next = 您不需要做任何事。自{ $opens }起受理退還，最後退還日為{ $due }。
    .note = 試用到期日不變。
    .button = 開啟試用

email-device-extension-refused-partner =
    .subject = 未獲核准：{ $customer }的裝置再借 { $more } 天
    .heading = 裝置無法借用更久
    .lead = { $vendor }的試用團隊駁回了您的請求：{ $customer }的{ $devices }再借用 { $more } 天。
    .when = 裝置借用結束日仍為{ $loan }。
    .next = 請提醒您的客戶：自{ $opens }起受理退還，最後退還日為{ $due }。
    .button = 開啟試用

email-return-open-customer =
    .subject = 請最遲於{ $due }寄回{ $devices }
    .heading = 您的裝置現在可以寄回
    .lead = { $customer }借用的{ $devices }，裝置借用結束日為{ $loan }。
    .when = 即日起受理退還，最後退還日為{ $due }。
    .next = 請依照下列步驟操作，並在每個箱子裡放入 { $rma } 的退還單。
    .note = 這只與裝置有關；試用到期日是另一個日期。
    .button = 查看我的裝置

email-return-open-partner =
    .subject = { $customer }：裝置請最遲於{ $due }退還
    .heading = 裝置現在可以寄回
    .lead = { $customer }借用的{ $devices }，裝置借用結束日為{ $loan }。
    .when = 即日起受理退還，最後退還日為{ $due }。
    .next = { $customer }的管理員已收到步驟與退還單。請協助確認裝置如期寄回。
    .note = 這只與裝置有關；試用到期日是另一個日期。
    .button = 開啟試用

email-return-due-customer =
    .subject = 請最遲於{ $due }寄回{ $devices }
    .heading = 您的裝置須提前退還
    .lead = { $customer }的試用已取消，因此{ $devices }須比原訂時間提前退還。
    .when = 即日起受理退還，最後退還日為{ $due }。
    .next = 請依照下列步驟操作，並在每個箱子裡放入 { $rma } 的退還單。
    .button = 查看我的裝置

email-return-due-partner =
    .subject = { $customer }：裝置請最遲於{ $due }退還
    .heading = 裝置須提前退還
    .lead = { $customer }的試用已取消，因此{ $devices }須比原訂時間提前退還。
    .when = 即日起受理退還，最後退還日為{ $due }。
    .next = { $customer }的管理員已收到步驟與退還單。請協助確認裝置如期寄回。
    .button = 開啟試用

email-return-overdue-customer =
    .subject = 已逾期：請寄回 { $missing } 台裝置
    .heading = 您的裝置已逾期
    .lead = 訂單 { $order } 中有 { $missing } 台裝置，{ $customer }最遲應於{ $due }退還。
    .next = 請立即寄回所有尚未退還的裝置，並附上 { $rma } 的退還單。若已寄出，謝謝您，不需再做任何事。
    .button = 查看我的裝置

email-return-overdue-partner =
    .subject = { $customer }：{ $missing } 台裝置已逾期
    .heading = 裝置已逾期
    .lead = 訂單 { $order } 中有 { $missing } 台裝置，{ $customer }最遲應於{ $due }退還。
    .next = 請與您的客戶聯絡。步驟與 { $rma } 的退還單都在試用頁面上。
    .button = 開啟試用

email-return-overdue-erased-partner =
    .subject = 已逾期：{ $rma }，訂單 { $order } 的 { $missing } 台裝置
    .heading = 先前客戶的裝置已逾期
    .lead = 訂單 { $order } 中有 { $missing } 台裝置，最遲應於{ $due }退還。客戶的組織已關閉，資料也已清除，因此不會再有人收到提醒。
    .next = 請協助取回裝置，並在每個箱子裡放入 { $rma } 的退還單。步驟如下。
    .button = 開啟裝置

email-return-partly-customer =
    .subject = 已收到 { $came } 台裝置，尚有 { $missing } 台待退還
    .heading = 已收到您退還的部分裝置
    .lead = { $vendor }已收到{ $customer }退還的訂單 { $order } 中的 { $came } 台裝置，尚有 { $missing } 台待退還。
    .when = { $late ->
        [0] 最後退還日為{ $due }。
       *[other] 最後退還日為{ $due }，現已逾期。
    }
    .next = 請寄回尚未退還的裝置，並附上 { $rma } 的退還單。若已寄出，謝謝您，不需再做任何事。
    .button = 查看我的裝置

email-return-partly-partner =
    .subject = { $customer }：已收到 { $came } 台裝置，尚有 { $missing } 台待退還
    .heading = 已收到部分退還的裝置
    .lead = { $vendor }已收到{ $customer }退還的訂單 { $order } 中的 { $came } 台裝置，尚有 { $missing } 台待退還。
    .when = { $late ->
        [0] 最後退還日為{ $due }。
       *[other] 最後退還日為{ $due }，現已逾期。
    }
    .next = { $customer }的管理員已收到相同的清單。請協助確認其餘裝置也會寄回。
    .button = 開啟試用

email-return-received-customer =
    .subject = 謝謝您：裝置已全數退還
    .heading = 裝置已全數退還
    .lead = { $vendor }已收到{ $customer }退還的訂單 { $order } 全部裝置。退還 { $rma } 已完成。
    .next = 不需再做任何事。請保留這封郵件作為收據。
    .button = 查看我的裝置

email-return-received-partner =
    .subject = { $customer }：裝置已全數退還
    .heading = 裝置已全數退還
    .lead = { $vendor }已收到{ $customer }退還的訂單 { $order } 全部裝置。退還 { $rma } 已完成。
    .next = 不需再做任何事。
    .button = 開啟試用

email-return-mismatch-partner =
    .subject = { $customer }：退還的裝置不符
    .heading = 退還的內容不符
    .lead = { $customer }的退還 { $rma } 中，有些序號不屬於訂單 { $order }，因此未予接受；其他裝置皆已收下。
    .next = 請與您的客戶確認哪些裝置是誤寄的，以及尚未退還的裝置在哪裡。
    .button = 開啟試用
