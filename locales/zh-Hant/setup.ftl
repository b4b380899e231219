# 初次設定、據點與電話號碼。

problem-number-taken = 號碼 { $value } 已有人使用：請核對數字，或向您的供應商索取其他號碼。
    .title = 號碼已使用
    .plain = 其中有號碼已有人使用：請核對數字，或向您的供應商索取其他號碼。

problem-number-limit = 一次試用最多可訂購 { $max } 個新號碼：請減少訂購數量，或輸入您既有的號碼。
    .title = 號碼過多
    .plain = 超過一次試用可訂購的數量：請減少訂購數量，或輸入您既有的號碼。

problem-numbers-required = 在這個國家或地區，須先備妥電話號碼。尚缺：{ $missing }。請向核可的供應商取得號碼，並在此輸入。
    .title = 須先備妥號碼
    .plain = 在這個國家或地區，須先備妥電話號碼：請向核可的供應商取得號碼，並在此輸入。

problem-provider-required = 尚未連接號碼供應商：請先連接一家。
    .title = 尚無供應商

problem-provider-elsewhere = 您的供應商在此據點所在的國家或地區不提供號碼：請連接另一家，或輸入您已有的號碼。
    .title = 不提供該地號碼

problem-location-in-use = 此據點仍有電話號碼：請先移除號碼。
    .title = 據點使用中

problem-invalid-number = 請以國際格式輸入號碼，只用數字：+886223456789。
    .title = 不是電話號碼

problem-number-of-another-country = 這不是該據點所在國家或地區的有效號碼：請核對數字與國家或地區。
    .title = 其他國家或地區的號碼

problem-duplicate-number = 您已輸入過這個號碼：每個號碼輸入一次即可。
    .title = 重複輸入

event-setup-changed = 已儲存初始設定
event-setup-finished = 已完成初始設定
event-location-added = 已新增據點
event-location-changed = 已變更據點
event-location-removed = 已移除據點
event-numbers-added = 已輸入電話號碼
event-number-removed = 已移除電話號碼
event-numbers-ordered = 已訂購電話號碼

nav-setup = 初始設定
setup-list-title = 初始設定
setup-list-left = 還有 { $count } 個步驟。您可以隨時離開，已輸入的內容都會保留。
setup-list-done = 只剩最後一步：請看過摘要後完成初始設定。
setup-list-finished = 初始設定已結束。每個步驟仍可修改。
setup-list-hint = 合作夥伴與客戶看到的是同一份清單：誰接手，就從對方停下的地方繼續。
setup-read-only = 您可以查看這裡的所有內容，但只有超級管理員可以修改。
setup-needs-full = 這需要完整權限：請由客戶的超級管理員處理，或由對方給予貴公司完整權限。
setup-state-open = 待辦
setup-state-done = 已完成
setup-state-later = 稍後
setup-state-not-needed = 不需要
setup-step-profile = 公司資料
setup-step-site = 會議網站
setup-step-calling = 據點與號碼
setup-step-users = 使用者與授權
setup-step-summary = 摘要
setup-about-profile = 名稱、語言、時區與聯絡方式
setup-about-site = 您開會的網址
setup-about-calling = 您從哪裡撥打電話、使用哪些號碼
setup-about-users = 誰參加試用、使用哪些服務
setup-about-summary = 已完成的項目與後續步驟
setup-guide-profile = 請核對公司資料。郵件以公司的語言寄出，天數以公司的時區計算。
setup-guide-site = 這是大家開會的網址，在試用開始時選定。
setup-guide-calling-open = 請新增每個撥打電話的地點。電話號碼可以現在新增，也可以日後再加。
setup-guide-calling-first = 請新增每個撥打電話的地點及其電話號碼。在這個國家或地區，備妥號碼後即可完成初始設定：每位通話使用者一個，每個據點另加兩個。號碼由核可的供應商提供。
setup-guide-users = 請新增參加的人員並指派授權。可以先從幾位開始，日後再增加。
setup-guide-summary = 目前的進度如下。您可以隨時完成初始設定；每個步驟都可以再修改。
setup-save = 儲存並繼續
setup-put-off = 稍後
setup-finish = 完成初始設定
setup-back = 返回清單
setup-not-given = 未填
setup-website = 網站
setup-website-hint = 例如 https://example.com
setup-phone = 電話號碼
setup-phone-hint = 國際格式，只用數字：+886223456789
setup-zone-hint = 進行中的試用仍沿用原來的時區。
setup-site-ready = 網站已可使用。
setup-site-waits = 網站準備中，您不需要做任何事。
setup-calling-waits = 通話服務準備中，開始運作後即可輸入號碼。
setup-locations = 據點
setup-no-locations = 尚無據點。
setup-location = 據點
setup-location-name = 您對這個地點的稱呼
setup-address-line = 地址第 { $number } 行
setup-location-add = 新增據點
setup-location-change = 變更據點
setup-location-numbers = { $count ->
    [0] 沒有號碼
   *[other] { $count } 個號碼
}
setup-country-hint = 這個據點的電話號碼屬於此國家或地區。
setup-remove = 移除
setup-numbers = 電話號碼
setup-no-numbers = 尚無電話號碼。
setup-numbers-hint = 每行一個，使用國際格式：+886223456789
setup-numbers-more = 更多號碼
setup-numbers-missing = 還缺 { $count } 個號碼。
setup-numbers-enough = 所需的號碼已齊備。
setup-number-fault = { $number } — { $fault }
setup-number-ordered = 已訂購
setup-number-rests = 已移除；{ $date }之前不會給其他人使用
setup-take-away = 移除
setup-enter-title = 輸入號碼
setup-enter = 新增這些號碼
setup-order-title = 訂購號碼
setup-provider = 供應商
setup-provider-hint = 服務貴國或地區，或您據點所在國家或地區的核可供應商
setup-provider-none = 無
setup-connect = 連接
setup-order-left = { $count ->
    [0] 試用可訂購的號碼已全數向 { $provider } 訂購。
   *[other] 這次試用還可以向 { $provider } 訂購 { $count } 個號碼。
}
setup-count = 數量
setup-order = 訂購
setup-users-count = { $people } 人，其中 { $licensed } 人有授權
setup-licences = 已指派 { $assigned } 個授權，共 { $quantity } 個
setup-users-open = 使用者與授權
setup-next-title = 後續步驟
setup-next-profile = 補齊公司資料
setup-next-site = 查看網站是否已可使用
setup-next-calling = 新增據點
setup-next-users = 新增使用者並指派授權
setup-next-numbers = 新增電話號碼
setup-next-first-meeting = 在您的網站開第一次會議
setup-next-first-call = 用您的號碼撥出第一通電話
setup-next-tell-users = 通知使用者可以開始使用
setup-left = 您的初始設定還有 { $count } 個步驟。
setup-go-on = 繼續初始設定
setup-open = 初始設定
setup-open-hint = 公司資料、會議網站、據點與號碼、使用者
