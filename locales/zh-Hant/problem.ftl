# API 與表單的回應；說明見英文檔。

problem-malformed = 無法讀取此請求：請以 UTF-8 編碼傳送有效的 JSON。
    .title = 請求格式錯誤

problem-bad-cursor = 此游標屬於其他清單、篩選條件或使用者：請從第一頁重新開始。
    .title = 游標無效

problem-unknown-parameter = 此處沒有「{ $value }」參數：請移除或更正名稱。
    .title = 未知的參數
    .plain = 此處有未知的參數：請移除或更正名稱。

problem-invalid-header = 「{ $value }」標頭的內容無法使用：請更正其值。
    .title = 標頭無效
    .plain = 有標頭的內容無法使用：請更正其值。

problem-invalid-if-match = If-Match 必須是您上次收到的此資源 ETag。
    .title = If-Match 無效

problem-unauthorized = 請登入或提供有效的權杖：目前的權杖不存在、已到期或已撤銷。
    .title = 需要登入

problem-role-required = 您的角色無法執行此操作：請向貴組織的管理員申請所需的角色。
    .title = 缺少角色

problem-not-certified = 貴公司尚未認證，或認證已到期：請向原廠申請認證。進行中的試用不受影響。
    .title = 未通過認證

problem-not-full-administrator = 只有客戶的超級管理員可以決定：請其中一位登入處理。
    .title = 需要超級管理員

problem-distributor-required = 第 2 層合作夥伴須透過經銷商轉換試用：請將轉換作業交給經銷商。
    .title = 須由經銷商轉換

problem-scope-required = 此權杖缺少所需的範圍「{ $scope }」：請建立具有此範圍的權杖。
    .title = 缺少範圍
    .plain = 此權杖缺少所需的範圍：請建立具有此範圍的權杖。

problem-forbidden = 您可以查看，但無法變更：請洽詢有權限的人員。
    .title = 不允許

problem-not-found = 這裡沒有您可以查看的內容：請檢查網址或識別碼。
    .title = 找不到

problem-method-not-allowed = 此網址存在，但不支援這個方法：可用的方法請見 Allow 標頭。
    .title = 不支援的方法

problem-service-not-eligible = 此客戶目前無法試用：{ $services }。請移除這些服務，或查看各項原因與日期。
    .title = 服務無法試用
    .plain = 此客戶目前無法試用其中部分服務：請移除這些服務，或查看各項原因與日期。

problem-customer-mismatch = 此地址所屬的對象與您預期的不同：請重新查詢客戶並確認。
    .title = 客戶與預期不符

problem-site-name-taken = 網站名稱「{ $value }」已被使用或仍在保留期間：請改用其他名稱。
    .title = 網站名稱已被使用
    .plain = 此網站名稱已被使用或仍在保留期間：請改用其他名稱。

problem-quantity-below-assigned = 已指派的授權多於您要保留的數量：請先從列出的使用者收回授權。
    .title = 授權數低於已指派數

problem-extension-would-shorten = 從今天起算，試用將於{ $date }結束，比目前更早：請確認是否要變更。
    .title = 試用期將會縮短
    .plain = 從今天起算，試用將比目前更早結束：請確認是否要變更。

problem-extension-limit = 此試用的延長次數已達上限：請洽詢試用團隊，或將其轉換。
    .title = 無法再延長

problem-device-type-already-shipped = 每項試用中，每種裝置只能出貨一次，而此種裝置已出貨：請選擇其他類型。
    .title = 此類裝置已出貨

problem-last-full-administrator = 組織必須保留至少一位超級管理員：請先指定另一位。
    .title = 最後一位超級管理員

problem-no-exact-match = 沒有任何試用的管理員使用這個地址：請從候選項目中選擇，或更正地址。
    .title = 沒有完全符合的項目

problem-trial-not-convertible = 此試用已無法轉換：請開始新的試用，或另行下訂單。
    .title = 試用無法轉換

problem-services-changed = 自請求送出後，下列服務已無法提供：{ $services }。請接受其餘服務，或拒絕請求。
    .title = 部分服務已無法提供
    .plain = 自請求送出後，部分服務已無法提供：請接受其餘服務，或拒絕請求。

problem-already-decided = 已有人先做出決定：請重新開啟頁面以查看結果。
    .title = 已有決定

problem-allowance-used = { $limit ->
    [partner] 您的合作夥伴目前無法再進行試用：尚未做出任何決定，在請求的最後一天結束前您仍可接受。請洽詢合作夥伴，或稍後再試。
    [active_trials] 貴公司最多可同時進行 { $of } 項試用，目前已達上限。若未延長，最近一項將於{ $possible_from }前結束：請先結束或轉換其中一項，或向原廠申請更多額度。
   *[other] 貴公司每月最多可啟動 { $of } 項試用，本月已達上限。下一項可從{ $possible_from }起啟動：請等到當天，或向原廠申請更多額度。
  }
    .title = 額度已用完
    .plain = 貴公司的試用額度已用完：請等待下個月或有試用結束，或向原廠申請更多額度。

problem-wrong-status = 試用目前的狀態無法執行此操作：請回到試用，查看目前狀態與可執行的操作。
    .title = 目前狀態無法執行

problem-idempotency-key-reused = 此 Idempotency-Key 曾與不同的內容一併傳送：新的請求請使用新的鍵。
    .title = 重複使用冪等鍵

problem-idempotency-in-progress = 使用此 Idempotency-Key 的第一個請求仍在處理中：請稍後再試。
    .title = 仍在處理中

problem-consent-expired = 此請求的回覆期限已過：請合作夥伴重新送出請求。
    .title = 請求已失效

problem-link-superseded = 較新的郵件已取代此連結：請使用最新郵件中的連結。
    .title = 連結已更新

problem-version-conflict = 載入之後已有人變更此項目：請重新載入，再套用您的變更。
    .title = 內容已被變更

problem-precondition-required = 此變更必須註明所依據的版本：請在 If-Match 中傳送 ETag。
    .title = 需要 If-Match

problem-too-large = 請求超過允許的大小：請分次傳送。
    .title = 內容過大

problem-unsupported-media-type = 請傳送未壓縮的 JSON，並使用 Content-Type: application/json。
    .title = 不支援的媒體類型

problem-too-many-requests = 短時間內次數過多：請稍候再試。
    .title = 請求過多

problem-unavailable = 系統有部分暫時無法連線：請稍後再送出相同的請求。
    .title = 暫時無法使用

problem-internal = 我們這邊發生錯誤：請再試一次；若仍發生，請將請求識別碼提供給支援人員。
    .title = 系統發生錯誤

problem-invalid-input = 部分輸入需要更正：請查看各欄位的說明。
    .title = 輸入需要更正

problem-required = 此欄位為必填：請填寫。
    .title = 必填

problem-unknown-field = 沒有這個欄位：請移除或更正名稱。
    .title = 未知的欄位

problem-duplicate-key = 此欄位出現不只一次：請只保留一個。
    .title = 重複的欄位

problem-wrong-type = 這不是此處應有的值類型：請參閱 API 說明。
    .title = 型別錯誤

problem-too-long = 內容過長：請縮短至最多 { $max } 個字元。
    .title = 過長
    .plain = 內容過長：請縮短。

problem-too-short = 長度不足：請至少輸入 { $min } 個字元。
    .title = 過短
    .plain = 長度不足：請加長。

problem-breached = 這組密碼有許多人用過，攻擊者會最先嘗試：請換一組。
    .title = 密碼太常見

problem-wrong-password = 這不是您的密碼：請再試一次。
    .title = 密碼錯誤

problem-wrong-code = 驗證碼不正確或已用過：請等下一組產生後再輸入。
    .title = 驗證碼錯誤

problem-empty = 此處不可空白：請至少選擇或填寫一項。
    .title = 空白

problem-invalid-characters = 內容含有隱形或控制字元：請重新輸入。
    .title = 含有不允許的字元

problem-invalid-email = 這不是電子郵件地址：請依 name@company.example 的格式填寫。
    .title = 不是電子郵件地址

problem-mixed-script = 網域混用了外觀相似的不同文字：請重新輸入。
    .title = 混用不同文字

problem-invalid-country = 方案中沒有這個國家或地區：請填寫兩個字母的代碼，例如 FR 或 TW。
    .title = 未知的國家或地區

problem-restricted-country = 無法在{ $value }提供試用：請選擇使用者最多的國家或地區。
    .title = 當地無法試用
    .plain = 無法在此國家或地區提供試用：請選擇使用者最多的國家或地區。

problem-invalid-time-zone = 這不是有效的時區：請使用 Europe/Paris 或 Asia/Taipei 之類的名稱。
    .title = 未知的時區

problem-invalid-language = 不提供此語言：請選擇下列其中之一：{ $allowed }。
    .title = 不提供此語言
    .plain = 不提供此語言：請選擇其他語言。

problem-unknown-vertical = 清單中沒有此產業別：請從下列選擇最接近的一項：{ $allowed }。
    .title = 未知的產業別
    .plain = 清單中沒有此產業別：請選擇最接近的一項。

problem-unknown-service = 方案中沒有這項服務：請從下列選擇：{ $allowed }。
    .title = 未知的服務
    .plain = 方案中沒有這項服務：請選擇其他服務。

problem-duplicate-service = 「{ $value }」出現不只一次：請只保留一個。
    .title = 服務重複
    .plain = 有服務出現不只一次：請只保留一個。

problem-unknown-value = 沒有這個值：請使用下列其中之一：{ $allowed }。
    .title = 未知的值
    .plain = 沒有這個值：請使用說明中列出的值。

problem-quantity-out-of-range = 請選擇 { $min } 到 { $max } 之間的數量。
    .title = 數量超出範圍
    .plain = 不提供此數量：請選擇範圍內的數量。

problem-duration-not-offered = 不提供此試用期間：請選擇下列天數之一：{ $allowed }。
    .title = 不提供此期間
    .plain = 不提供此試用期間：請選擇其他期間。

problem-duration-conflict = 固定期間不同的服務無法放在同一項試用中：請分開啟動。
    .title = 期間不一致

problem-extension-length = 不提供此延長期間：請選擇下列天數之一：{ $allowed }。
    .title = 不提供此延長期間
    .plain = 不提供此延長期間：請選擇其他期間。

problem-own-organization = 無法為您自己的組織啟動試用：請改為下訂單。
    .title = 您自己的組織

problem-not-acknowledged = 請確認客戶位於支援的地點。
    .title = 尚未確認

problem-site-required = 會議服務需要網站：請提供網站名稱與時區。
    .title = 缺少會議網站

problem-invalid-site = 請只使用小寫英文字母、數字與連字號，且開頭與結尾不可為連字號。
    .title = 網站名稱無效

problem-block-without-service = 這些詳細資料屬於未選取的服務：請新增該服務，或移除這些資料。
    .title = 未選取對應的服務

problem-devices-required = 請選擇要出貨的裝置，或說明略過的原因。
    .title = 請選擇裝置

problem-unknown-device-type = 方案中沒有這種裝置：請從下列選擇：{ $allowed }。
    .title = 未知的裝置類型
    .plain = 方案中沒有這種裝置：請選擇其他裝置。

problem-device-limit-exceeded = 超過可出借的上限：最多為 { $max }。
    .title = 超過可出借的上限
    .days = 裝置最晚可借用至{ $max }：請選擇更早的日期。
    .named = 超過可出借的上限：{ $device }最多為 { $max } 台。
    .plain = 超過可出借的上限：請減少。

problem-conflicting-fields = 此項不能與另一項同時填寫：請只保留其中之一。
    .title = 欄位互相衝突

problem-out-of-range = 請選擇 { $min } 到 { $max } 之間的值。
    .title = 超出範圍
    .days = 請選擇{ $min }至{ $max }之間的日期。
    .plain = 此值超出範圍：請選擇範圍內的值。

problem-clock-backwards = 測試時鐘無法倒退：請指定較晚的時間。
    .title = 時鐘只能往前

problem-address-taken = 此地址已屬於另一個組織：請改用其他地址。
    .title = 地址已被使用

problem-serial-mismatch = { $reason ->
        [repeated] { $value } 在清單中重複，或先前已收到：只計一次。
        [look_alike] { $value } 與此次出貨的另一個序號相似（O 與 0、I 與 1）：請再核對裝置上的序號。
        [out] { $value } 已在借用中：請核對裝置上的序號。
        [count] 每台裝置請輸入一個序號：應有 { $expected } 個，收到 { $value } 個。
        [foreign] { $value } 屬於另一次出貨：未予收下。
       *[unknown] 並非此試用出貨的裝置：{ $value }。請核對裝置上的序號。
    }
    .title = 序號不符
    .plain = 有序號並非此試用出貨的裝置：請核對裝置上的序號。

problem-program-invalid = 方案無法如此發布：{ $value }。
    .title = 方案無效
    .plain = 方案檔案無法發布：請依逐行說明更正。

problem-invalid-id = 這不是此處應有的識別碼：請從原顯示處複製。
    .title = 識別碼無效
