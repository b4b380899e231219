# 試用的啟動、細節與變更。

start-again = 這項試用已經啟動
    .text = 已用這些內容啟動，不會重複啟動。
start-again-asked = 這項請求已經送出
    .text = 已用這些內容送出，不會重複送出。
start-again-new = 啟動另一項試用
start-told-mend = 更正電子郵件地址
start-own-organization = 這是貴公司自己的電子郵件地址，無法為自己的組織啟動試用：請更正地址，或為貴公司下訂單。
start-answers-own-hint = 服務將會佈建，並通知客戶的管理員。您可以隨時取消。
setup-later-own = 您或客戶的管理員隨時都可以設定。管理員會收到試用已開始的通知。
why-not-required = 需要{ $services }，但此客戶無法試用。
service-numbers-open = 一開始不需要號碼，之後隨時可以新增。
service-numbers-first = 在此國家或地區須先備妥號碼才能完成設定：每位通話使用者一個、每個據點兩個，向核可的供應商取得。
wait-full-administrator = 待超級管理員回覆 · { $days } 天
audience-customer-administrators-some = 客戶的管理員
audience-customer-users-some = 客戶的使用者
audience-consent-recipients-some = 客戶中受徵詢的人員

details-zone-own = 試用天數依客戶自己的時區（{ $zone }）計算，不會變更。

edit-leaving = 一併失去的內容
edit-leaving-named = { $service }：{ $people }將失去授權
edit-leaving-counted = { $service }：{ $count } 人將失去授權
edit-leaving-numbers = { $count } 個電話號碼將停用，並為客戶保留至{ $date }
edit-leaving-lent = { $count } 台借用中的裝置可繼續使用，最晚須於{ $date }退還
edit-leaving-nothing = 沒有人持有此授權，也不影響其他內容
edit-nothing-left = 試用至少要保留一項服務。若要全部停止，請取消試用。

email-label-numbers-until = 電話號碼保留至
email-label-site-until = 網站名稱保留至

setup-list-finished-open = 初始設定已結束。還有 { $count } 個步驟待辦，隨時都可以填寫。
