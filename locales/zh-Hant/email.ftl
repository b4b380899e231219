# 電子郵件（NOTE-3）。每種郵件、每種讀者一則訊息；說明見英文檔。

email-hello = { $name }，您好：
email-hello-all = 您好：
email-link-instead = 如果按鈕無法使用，請開啟此網址：
email-facts = 試用概要
email-support = 說明與聯絡方式
email-legal = 法律聲明

email-why-customer = 您收到這封郵件，是因為您是{ $customer }的管理員。
email-why-consent = 您收到這封郵件，是因為{ $partner }將請求寄給您，或您是{ $customer }的超級管理員。
email-why-users = 您收到這封郵件，是因為您曾使用{ $customer }的試用服務。
email-why-partner = 您收到這封郵件，是因為您在{ $partner }負責{ $customer }這家客戶。
email-why-team = 您收到這封郵件，是因為您是{ $vendor }試用團隊的成員。
email-why-person = 您收到這封郵件，是因為內容與您在{ $customer }的個人帳戶有關。
email-why-contact = 您收到這封郵件，是因為您為{ $partner }下了此訂單，或您是負責設定此訂單的聯絡人。
email-why-distributor = 您收到這封郵件，是因為您在經銷商為{ $partner }處理訂單。

email-words-partner = { $partner }的留言：
email-words-reason = 原因說明：
email-words-customer = { $customer }的留言：

email-row = { $label }：{ $value }
email-label-customer = 客戶
email-label-company = 公司
email-label-partner = 合作夥伴
email-label-services = 服務
email-label-added = 新增
email-label-removed = 移除
email-label-failed = 未能佈建
email-label-taken = 已無法試用
email-label-quantity = 每項服務的授權數
email-label-duration = 試用期間
email-label-at = 時間
email-label-ends = 到期日
email-label-ended = 試用到期日
email-label-cancelled = 試用取消日
email-label-previous = 原到期日
email-label-grace = 可轉換期限
email-label-keep = 可保留期限
email-label-gone = 存取權終止日
email-label-open = 組織保留至
email-label-deadline = 回覆期限
email-label-link = 連結有效期限
email-label-access-until = 存取期限
email-label-actor = 操作者
email-label-access = 授予的權限
email-label-reference = 參考編號
email-label-order-reference = 訂單編號
email-label-ordered = 訂購內容
email-label-closes = 設定期限
email-label-dropped = 收回的授權
email-ordered = { $service }（{ $count }）
email-dropped = { $service }：{ $people }

email-days = { $days } 天
email-end-of-day = 至當日結束；依您的時間為{ $instant }
email-start-of-day = 自當日零時起；依您的時間為{ $instant }
email-there = 當地時間：{ $instant }

email-access-full = 超級管理員：可佈建試用服務，並管理使用者與授權
email-access-provisioning = 佈建管理員：僅可佈建試用服務

email-consent-request-consent =
    .subject = { $partner }請您同意試用{ $services }
    .heading = { $partner }請您同意試用
    .lead = { $partner }希望讓{ $customer }試用{ $services }，為期 { $duration } 天。
    .next = 請於{ $deadline }前接受或拒絕。未經您同意，不會啟動任何服務；若無人回覆，請求將自動失效。
    .next-pass-on = 只有{ $customer }的超級管理員可以接受或拒絕，期限為{ $deadline }。請轉告他們：超級管理員也收到了這項請求。未經同意，不會啟動任何服務；若無人回覆，請求將自動失效。
    .note = 開啟頁面並不代表做出決定。登入後，您可以查看請求內容，並選擇要授予{ $partner }的權限；只有超級管理員可以決定。此連結僅供您本人使用，請勿轉寄。
    .button = 查看請求

email-consent-resent-consent =
    .subject = 再次通知：{ $partner }請您同意試用{ $services }
    .heading = { $partner }仍在等候您的回覆
    .lead = { $partner }再次送出請求，希望讓{ $customer }試用{ $services }，為期 { $duration } 天。
    .next = 請於{ $deadline }前接受或拒絕。未經您同意，不會啟動任何服務；若無人回覆，請求將自動失效。
    .next-pass-on = 只有{ $customer }的超級管理員可以接受或拒絕，期限為{ $deadline }。請轉告他們：超級管理員也收到了這項請求。未經同意，不會啟動任何服務；若無人回覆，請求將自動失效。
    .note = 請使用這封郵件中的連結，先前郵件中的連結已失效。開啟頁面並不代表做出決定。登入後，您可以查看請求內容，並選擇要授予{ $partner }的權限；只有超級管理員可以決定。
    .button = 查看請求

email-consent-accepted-partner =
    .subject = { $customer }已接受試用{ $services }
    .heading = 您的請求已獲接受
    .lead = { $customer }已同意試用{ $services }。
    .next = 請立即確認佈建詳細資料，試用才能開始。試用天數自最後一項服務就緒當天起算。
    .button = 確認詳細資料

email-consent-declined-partner =
    .subject = { $customer }已拒絕試用{ $services }
    .heading = 您的請求已遭拒絕
    .lead = { $customer }已拒絕試用{ $services }。請求已結案，該客戶也已從您的清單中移除。
    .next = 您仍可查看已結案的請求。
    .button = 查看請求

email-consent-taken-partner =
    .subject = 請求已結案：{ $customer }的{ $services }
    .heading = 您的請求已結案
    .lead = 您為{ $customer }請求的{ $services }已無法試用，因為這些服務在此期間已另有安排。請求已結案，該客戶也已從您的清單中移除。
    .next = 您仍可查看已結案的請求，或改為請求其他服務。
    .button = 查看請求

email-consent-closed-partner =
    .subject = 請求已結案：{ $customer }的{ $services }
    .heading = 您的請求已結案
    .lead = 您為{ $customer }請求的{ $services }已無法試用，因為該組織已關閉。該客戶也已從您的清單中移除。
    .next = 您仍可查看已結案的請求。
    .button = 查看請求

email-consent-lapsed-partner =
    .subject = { $customer }未回覆，您的試用請求已失效
    .heading = 您的請求已失效
    .lead = { $customer }的超級管理員未在期限內回覆您對{ $services }的試用請求。請求已結案，該客戶也已從您的清單中移除。
    .next = 您仍可查看已結案的請求。如果客戶之後有意試用，請重新送出請求。
    .button = 查看請求

email-trial-started-customer =
    .subject = 您的{ $services }試用已開始
    .heading = 您的試用已開始
    .lead = { $partner }已為{ $customer }啟動{ $services }的試用。
    .when = 試用期至{ $ends }當日結束。
    .next = 歡迎查看試用包含的內容，以及哪些人可以使用。
    .note = 試用結束前，我們會提醒您。貴公司的超級管理員可隨時取消試用。
    .button = 開啟試用

email-trial-started-partner =
    .subject = { $customer }：{ $services }試用已開始
    .heading = 試用已開始
    .lead = { $customer }的{ $services }試用已開始。
    .when = 試用期至{ $ends }當日結束。
    .next = 協助客戶順利上手：請查看還有哪些項目需要設定。
    .button = 開啟試用

email-welcome-customer =
    .subject = 歡迎使用：您的{ $services }試用已就緒
    .heading = 歡迎使用試用服務
    .lead = { $partner }已為{ $customer }準備好{ $services }的試用，您是管理員。
    .when = 試用期至{ $ends }當日結束。
    .next = 請由此進行首次登入。您可以選擇日後的登入方式，並查看接下來的步驟。
    .note = 此連結只能使用一次，有效至{ $deadline }。連結僅供您本人使用，請勿轉寄。
    .button = 登入

email-provisioning-failed-partner =
    .subject = { $customer }：{ $failed }無法佈建
    .heading = 有服務無法佈建
    .lead = 無法為{ $customer }佈建{ $failed }。試用中的其他服務不受影響。
    .next = 請開啟試用，查看原因與處理方式。
    .button = 開啟試用

email-provisioning-failed-team =
    .subject = 佈建失敗：{ $customer }的{ $failed }
    .heading = 佈建失敗
    .lead = 無法為{ $customer }（{ $partner }的客戶）佈建{ $failed }。
    .next = 請查明原因並再試一次。
    .button = 開啟試用

email-expiry-reminder-customer =
    .subject = { $days ->
        [0] 您的{ $services }試用將於今天到期
        [1] 您的{ $services }試用將於明天到期
       *[other] 您的{ $services }試用將於 { $days } 天後到期
    }
    .heading = { $days ->
        [0] 您的試用將於今天到期
        [1] 您的試用將於明天到期
       *[other] 您的試用將於 { $days } 天後到期
    }
    .lead = { $partner }為{ $customer }安排的{ $services }試用，將於{ $ends }當日結束時到期。
    .next = 若要繼續使用服務而不中斷，請在訂閱頁面選擇「購買」，{ $partner }便會與您聯絡。
    .note = 如果您未採取任何動作，試用將於該日到期。在{ $grace }當日結束前，您仍可保留服務；之後將永久失去，無法復原。
    .button = 購買

email-expiry-reminder-partner =
    .subject = { $days ->
        [0] { $customer }：{ $services }試用將於今天到期
        [1] { $customer }：{ $services }試用將於明天到期
       *[other] { $customer }：{ $services }試用將於 { $days } 天後到期
    }
    .heading = { $days ->
        [0] 有一項試用將於今天到期
        [1] 有一項試用將於明天到期
       *[other] 有一項試用將於 { $days } 天後到期
    }
    .lead = { $customer }的{ $services }試用將於{ $ends }當日結束時到期。
    .next = 請儘早與客戶聯絡，以免服務中斷。您可以將試用轉換為訂單，或延長試用。
    .note = 到期後，在{ $grace }當日結束前仍可轉換。
    .button = 開啟試用

email-expiry-notice-customer =
    .subject = 您的{ $services }試用將於今天到期
    .heading = 您的試用將於今天到期
    .lead = { $partner }為{ $customer }安排的{ $services }試用，將於今天（{ $ends }）結束時到期。
    .next = 若要保留服務，請在訂閱頁面選擇「購買」，{ $partner }便會與您聯絡。
    .note = 在{ $grace }當日結束前仍可購買；之後試用將永久移除，無法復原。
    .button = 購買

email-expiry-notice-late-customer =
    .subject = 您的{ $services }試用已於{ $ends }到期
    .heading = 您的試用已到期
    .lead = { $partner }為{ $customer }安排的{ $services }試用，已於{ $ends }到期。
    .next = 您仍可保留服務：請在訂閱頁面選擇「購買」，{ $partner }便會與您聯絡。
    .note = 期限為{ $grace }當日結束前；之後試用將永久移除，無法復原。
    .button = 購買

email-expiry-notice-partner =
    .subject = { $customer }：{ $services }試用將於今天到期
    .heading = 有一項試用將於今天到期
    .lead = { $customer }的{ $services }試用將於今天（{ $ends }）結束時到期。
    .next = 請與客戶聯絡：您可以將試用轉換為訂單，或延長試用。
    .note = 在{ $grace }當日結束前仍可轉換；之後一切都無法復原。
    .button = 開啟試用

email-expiry-notice-late-partner =
    .subject = { $customer }：{ $services }試用已於{ $ends }到期
    .heading = 有一項試用已到期
    .lead = { $customer }的{ $services }試用已於{ $ends }到期。
    .next = 請與客戶聯絡：試用仍可轉換為訂單。
    .note = 期限為{ $grace }當日結束前；之後一切都無法復原。
    .button = 開啟試用

email-access-ended-users =
    .subject = 您已無法使用{ $services }
    .heading = 您的試用存取權已終止
    .lead = { $customer }的{ $services }試用已結束，您也無法再使用這些服務。其中的內容已移除，任何人都無法復原。
    .next = 您的帳戶以及{ $customer }的其他服務不受影響。
    .button = 查看我的服務

email-access-ended-closed-users =
    .subject = 您透過{ $customer }取得的存取權已終止
    .heading = 您的帳戶已轉為免費帳戶
    .lead = { $customer }的{ $services }試用已結束，組織也已關閉。原屬於該組織的一切均已移除：授權、管理員角色，以及可能有的網站名稱與通話設定。任何人都無法復原，也無法將您移回原組織。
    .next = 帳戶仍屬於您：它已移至免費方案，請在那裡照常登入。
    .next-alone = 帳戶仍屬於您：它已移至免費方案，您不需要採取任何動作。
    .button = 登入免費方案

email-extended-customer =
    .subject = 您的{ $services }試用到期日改為{ $ends }
    .heading = 您的試用有新的到期日
    .lead = { $partner }已變更{ $customer }的{ $services }試用到期日：試用期現在至{ $ends }當日結束。
    .next = 您不需要採取任何動作，提醒郵件會依新的日期寄送。
    .button = 查看試用

email-extended-partner =
    .subject = { $customer }：{ $services }試用到期日改為{ $ends }
    .heading = 試用有新的到期日
    .lead = { $customer }的{ $services }試用期現在至{ $ends }當日結束。
    .next = 所有提醒都會依新的日期寄送；裝置借用結束日不變。
    .button = 開啟試用

email-services-changed-customer =
    .subject = 您的試用內容已變更：{ $services }
    .heading = 您的試用內容已變更
    .lead = { $partner }已變更{ $customer }的試用，現在包含{ $services }。
    .when = 試用期至{ $ends }當日結束。
    .next = 請查看目前包含的內容。新增的服務會隨試用一併結束；移除的服務已停止。
    .button = 查看試用

email-services-changed-partner =
    .subject = { $customer }：試用現在包含{ $services }
    .heading = 試用內容已變更
    .lead = { $customer }的試用現在包含{ $services }。
    .when = 試用期至{ $ends }當日結束。
    .next = 請確認客戶需要的一切都已設定完成。
    .button = 開啟試用

email-cancelled-customer =
    .subject = 您的{ $services }試用已取消
    .heading = 您的試用已取消
    .lead = { $partner }為{ $customer }安排的{ $services }試用已取消，服務已停止。
    .next = 請查看這對您的使用者、電話號碼與裝置有何影響。
    .note = 您的組織會保留至{ $grace }當日結束，期間可開始新的試用或下訂單。
    .button = 查看後續事項

email-cancelled-partner =
    .subject = { $customer }：{ $services }試用已取消
    .heading = 有一項試用已取消
    .lead = { $customer }的{ $services }試用已取消，服務已停止。
    .next = 請確認是否還有裝置需要退還。
    .note = 客戶的組織會保留至{ $grace }當日結束，期間可開始新的試用或下訂單。
    .button = 開啟試用

email-cancelled-consent =
    .subject = { $partner }已撤回{ $services }的試用請求
    .heading = 請求已撤回
    .lead = { $partner }已不再請求讓{ $customer }試用{ $services }，沒有啟動任何服務。
    .next = 您不需要採取任何動作；先前寄給您的連結已失效。
    .button = 查看請求

email-approval-requested-team =
    .subject = 待核准：{ $customer }的{ $services }
    .heading = 有一項請求等候您決定
    .lead = { $partner }請您核准{ $customer }的{ $services }試用。
    .next = 請核准或駁回；在此之前，請求會保持等候狀態。
    .button = 查看請求

email-approval-requested-partner =
    .subject = { $customer }：{ $services }等候核准
    .heading = 您的請求正在等候核准
    .lead = { $customer }的{ $services }試用需要{ $vendor }核准，已通知試用團隊。
    .next = 您不需要採取任何動作，一有結果我們就會通知您。
    .button = 開啟試用

email-approval-approved-partner =
    .subject = 已核准：{ $customer }的{ $services }
    .heading = 您的請求已核准
    .lead = { $vendor }的試用團隊已核准您對{ $customer }的{ $services }試用所提出的請求。
    .next = 請開啟試用，查看接下來的步驟。
    .button = 開啟試用

email-approval-refused-partner =
    .subject = 未核准：{ $customer }的{ $services }
    .heading = 您的請求未獲核准
    .lead = { $vendor }的試用團隊未核准您對{ $customer }的{ $services }試用所提出的請求。
    .next = 請開啟試用，查看還有哪些可行方式。
    .button = 開啟試用

email-access-changed-full-partner =
    .subject = { $customer }已授予您完整權限
    .heading = 您現在擁有完整權限
    .lead = { $customer }已將{ $partner }設為超級管理員。您可以佈建服務，並管理使用者與授權。
    .next = 請開啟客戶頁面繼續作業。
    .button = 開啟客戶頁面

email-access-changed-provisioning-partner =
    .subject = { $customer }已變更您的權限
    .heading = 您現在擁有佈建權限
    .lead = { $customer }已將{ $partner }設為佈建管理員。您可以佈建試用服務，但無法再管理使用者、授權或設定。
    .next = 請開啟客戶頁面，查看您可以執行的操作。
    .button = 開啟客戶頁面

email-access-changed-withdrawn-partner =
    .subject = { $customer }已收回您的權限
    .heading = 您的權限已收回
    .lead = { $customer }已收回{ $partner }的權限，您無法再代表這家客戶操作。
    .next = 您的清單會顯示進行中的試用是繼續還是已取消。
    .button = 查看我的客戶

email-access-changed-full-customer =
    .subject = { $partner }現在擁有{ $customer }的完整權限
    .heading = 權限已變更
    .lead = { $partner }現在是{ $customer }的超級管理員，可以佈建服務，並管理使用者與授權。
    .next = 如果這不是您想要的，您可以隨時變更。
    .button = 檢視合作夥伴權限

email-access-changed-provisioning-customer =
    .subject = { $partner }現在擁有{ $customer }的佈建權限
    .heading = 權限已變更
    .lead = { $partner }現在是{ $customer }的佈建管理員，可以佈建試用服務，但無法管理使用者、授權或設定。
    .next = 如果這不是您想要的，您可以隨時變更。
    .button = 檢視合作夥伴權限

email-access-changed-withdrawn-customer =
    .subject = { $partner }已無法存取{ $customer }
    .heading = 權限已收回
    .lead = { $partner }已無法代表{ $customer }操作。
    .next = 如果這不是您想要的，您可以隨時變更。
    .button = 檢視合作夥伴權限

email-invitation-person =
    .subject = { $customer }邀請您加入
    .heading = 您收到一份邀請
    .lead = { $customer }已在{ $vendor }的試用系統中為您開立帳戶。
    .when = 這份邀請由{ $actor }寄出。
    .next = 請由此開啟帳戶，並選擇日後的登入方式。
    .note = 此連結只能使用一次，有效至{ $deadline }。連結僅供您本人使用，請勿轉寄。
    .button = 開啟我的帳戶

email-password-reset-person =
    .subject = 設定新密碼
    .heading = 設定新密碼
    .lead = 有人為您在{ $customer }的帳戶申請了新密碼。
    .next = 如果是您本人，請由此設定新密碼；設定後，其他裝置上的登入都會結束。
    .note = 此連結只能使用一次，有效至{ $deadline }。如果不是您本人，您無須採取任何動作，一切維持不變。
    .button = 設定新密碼

email-access-requested-customer =
    .subject = { $partner }申請{ $customer }的存取權
    .heading = 要讓客服支援人員操作嗎？
    .lead = { $partner }客服支援的{ $actor }申請在您的控制中心操作一天。
    .next = 請在清楚原因後再同意。對方的每項操作都會留在您的變更記錄中，期限一到存取權便自動結束。
    .button = 回覆申請

email-move-requested-customer =
    .subject = 是否改由{ $partner }服務{ $customer }？
    .heading = 更換合作夥伴
    .lead = 之後將由{ $partner }服務{ $customer }。您的試用照常進行，目前的合作夥伴將不再有存取權。
    .next = 在您與{ $partner }都同意之前，一切維持不變。
    .button = 回覆申請

email-move-requested-partner =
    .subject = { $customer }希望改由您服務
    .heading = 有客戶希望改由您服務
    .lead = { $customer }已同意之後由{ $partner }服務，進行中的試用一併轉移。
    .next = 在您同意之前，一切維持不變。
    .button = 回覆申請

email-access-granted-partner =
    .subject = { $customer }授予您一天的存取權
    .heading = 您已取得存取權
    .lead = { $customer }允許您在其控制中心操作一天。您的每項操作都會留在對方的變更記錄中。
    .next = 請開啟客戶頁面，再進入其控制中心。
    .button = 開啟客戶

email-access-not-granted-partner =
    .subject = { $customer }未授予存取權
    .heading = 這次未獲存取權
    .lead = { $customer }婉拒了您的存取申請。您仍可照常查看這家客戶。
    .next = 如仍有需要，請先與客戶聯絡，再提出申請。
    .button = 開啟客戶

email-order-set-up-contact =
    .subject = 設定您的服務：{ $customer }的{ $services }
    .heading = 設定您的服務
    .lead = { $partner }已為{ $customer }訂購{ $services }，並指定由您進行設定。
    .next = 請於{ $closes }結束前完成。您只要說明身分、填寫試用客戶管理員的電子郵件地址，並在確認前查看會保留的內容。
    .note = 開啟頁面不會有任何變更，您需要先登入。在您確認之前，試用與其中的內容都維持原狀。
    .button = 設定您的服務

email-order-set-up-outside-contact =
    .subject = 設定您的服務：{ $services }
    .heading = 設定您的服務
    .lead = { $partner }已訂購{ $services }，並指定由您進行設定。
    .next = 請於{ $closes }結束前完成。請準備好試用客戶管理員的電子郵件地址：它決定由哪個組織取得服務。
    .note = 開啟頁面不會有任何變更，您需要先登入，並在確認前查看會保留的內容。
    .button = 設定您的服務

email-order-reminder-contact =
    .subject = 尚未設定：{ $customer }的{ $services }
    .heading = 請設定您的服務
    .lead = { $partner }為{ $customer }訂購的{ $services }仍在等候您設定。
    .next = 請於{ $closes }結束前完成設定。逾期訂單會結案，不會購買任何項目。
    .note = 開啟頁面不會有任何變更，您需要先登入，並在確認前查看會保留的內容。
    .button = 設定您的服務

email-order-reminder-outside-contact =
    .subject = 尚未設定：您的{ $services }訂單
    .heading = 請設定您的服務
    .lead = { $partner }訂購的{ $services }仍在等候您設定。
    .next = 請於{ $closes }結束前完成設定。逾期訂單會結案，不會購買任何項目。
    .note = 開啟頁面不會有任何變更，您需要先登入，並在確認前查看會保留的內容。
    .button = 設定您的服務

email-order-closed-contact =
    .subject = 訂單已結案：{ $customer }的{ $services }
    .heading = 訂單已結案
    .lead = { $customer }的{ $services }訂單逾期無人設定，現已結案，未購買任何項目。
    .next = 若仍需要這些服務，只要試用仍可轉換，就可以重新下單。
    .button = 查看訂單

email-order-withdrawn-contact =
    .subject = 訂單已撤回：{ $customer }的{ $services }
    .heading = 訂單已撤回
    .lead = { $customer }的{ $services }訂單在設定前已撤回，未購買任何項目。
    .next = 您不需要做任何事；先前寄給您的連結已失效。
    .button = 查看訂單

email-order-closed-outside-contact =
    .subject = 訂單已結案：{ $services }
    .heading = 訂單已結案
    .lead = { $partner }的{ $services }訂單逾期無人設定，現已結案，未購買任何項目。
    .next = 若仍需要這些服務，請重新下單。
    .button = 查看訂單

email-order-withdrawn-outside-contact =
    .subject = 訂單已撤回：{ $services }
    .heading = 訂單已撤回
    .lead = { $partner }的{ $services }訂單在設定前已撤回，未購買任何項目。
    .next = 您不需要做任何事；先前寄給您的連結已失效。
    .button = 查看訂單

email-converted-customer =
    .subject = { $customer }已購買{ $services }
    .heading = 您的服務已購買
    .lead = { $customer }的試用已成為{ $services }的訂閱，使用者、設定與使用紀錄都已保留。
    .next = 請查看您購買的內容，以及已使用的授權數。
    .note = 如有問題，仍請洽{ $partner }。借用的裝置仍須依裝置借用結束日退還。
    .button = 查看您的訂閱

email-converted-partner =
    .subject = { $customer }已購買{ $services }
    .heading = 試用已轉換
    .lead = { $customer }現在訂閱了{ $services }，試用期間的使用紀錄都已保留。
    .next = 開啟試用，查看保留的內容以及隨試用結束的內容。
    .note = 借用的裝置仍須依裝置借用結束日退還。
    .button = 開啟試用

email-conversion-handed-over-partner =
    .subject = { $partner }將轉換交給您：{ $customer }的{ $services }
    .heading = 有一項轉換已交給您
    .lead = { $customer }的{ $services }試用將轉換為訂單。{ $partner }是第 2 層合作夥伴，透過您下單，並已將轉換交給您。
    .when = 試用期至{ $ends }當日結束。
    .next = 請下訂單：您可以選擇服務與數量，並指定由誰設定。
    .note = 可下單至{ $grace }當日結束。客戶仍由{ $partner }服務；訂單完成之前，您可以看到下單所需的資訊。
    .button = 下訂單

email-purchase-wanted-partner =
    .subject = { $customer }想要購買{ $services }
    .heading = 您的客戶想要購買
    .lead = { $customer }的{ $actor }對{ $services }選擇了「購買」。
    .when = 試用期至{ $ends }當日結束。
    .next = 請與客戶聯絡，並將試用轉換為付費訂單。
    .note = 可轉換至{ $grace }當日結束，目前尚未下單。
    .button = 轉換為付費訂單
