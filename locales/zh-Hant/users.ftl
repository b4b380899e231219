# 使用者、授權與背景作業。

problem-licenses-exhausted = { $service } 已沒有可用的授權：{ $quantity } 個中已指派 { $assigned } 個。請先收回一個，或要求增加數量。
    .title = 沒有可用的授權
    .plain = 此服務已沒有可用的授權：請先收回一個，或要求增加數量。

problem-service-not-held = 這家公司目前沒有 { $service }：請將它移除。
    .title = 沒有這項服務
    .plain = 這家公司目前沒有這項服務：請將它移除。

problem-customer-closed = 這家公司的組織已關閉，因此未再執行任何動作。
    .title = 組織已關閉

problem-duplicate-address = 這個地址已經存在：每個地址只能出現一次。
    .title = 地址已存在

problem-too-many = 一次的數量太多：最多 { $max } 個。
    .title = 一次太多
    .plain = 一次的數量太多：請減少後再送出。

problem-not-utf8 = 第 { $line } 行不是 UTF-8 編碼：請將檔案另存為「CSV UTF-8」。
    .title = 不是 UTF-8
    .plain = 檔案不是 UTF-8 編碼：請另存為「CSV UTF-8」。

problem-no-header = 檔案是空的：第一行必須列出欄位名稱。
    .title = 沒有標題列

problem-unknown-column = 第 { $line } 行有不認得的欄位「{ $value }」。可用的欄位：{ $allowed }。
    .title = 不認得的欄位
    .plain = 第一行有不認得的欄位：請更正名稱或移除。

problem-missing-column = 第 { $line } 行缺少欄位「{ $value }」：請補上。
    .title = 缺少欄位
    .plain = 第一行缺少一個欄位：請補上。

problem-repeated-column = 欄位「{ $value }」在第 { $line } 行出現兩次：請只保留一個。
    .title = 欄位重複
    .plain = 第一行有欄位出現兩次：請只保留一個。

problem-field-count = 第 { $line } 行有 { $found } 個欄位，應為 { $expected } 個：請檢查逗號與引號。
    .title = 欄位數量不符
    .plain = 有一行的欄位數量與第一行不同：請檢查逗號與引號。

problem-unclosed-quote = 第 { $line } 行第 { $column } 個欄位的引號沒有結束：請補上。
    .title = 引號沒有結束
    .plain = 有一個引號沒有結束：請補上。

problem-stray-quote = 第 { $line } 行第 { $column } 個欄位中間有引號：請將整個欄位放在引號內，並將其中的引號寫成兩個。
    .title = 欄位中間有引號
    .plain = 有一個欄位中間有引號：請將整個欄位放在引號內，並將其中的引號寫成兩個。

problem-control-character = 第 { $line } 行第 { $column } 個欄位含有看不見的字元：請移除。
    .title = 看不見的字元
    .plain = 有一個欄位含有看不見的字元：請移除。

problem-no-rows = 檔案只有欄位名稱，下面沒有任何人：請至少加入一列。
    .title = 沒有資料列

problem-too-many-rows = 檔案超過 { $max } 列：請分成幾個檔案。
    .title = 列數太多
    .plain = 檔案的列數太多：請分成幾個檔案。

event-users-added = 已新增使用者
event-user-changed = 使用者或授權已變更
event-user-import-started = 已開始匯入使用者
event-users-imported = 已匯入使用者
event-user-import-stopped = 使用者匯入已停止

nav-users = 使用者
done-users-added = 已新增使用者。
done-licenses-given = 已指派授權。
done-licenses-taken = 已收回授權。

users-title = 使用者與授權
users-open = 使用者與授權
users-open-hint = 新增人員、指派與收回授權
users-count = { $count } 人
users-licenses = 授權
users-of = { $assigned } / { $quantity }
users-left = 剩餘 { $count } 個
users-none-left = 已無剩餘
users-over = 超出 { $count } 個：請收回
users-no-licenses = 目前沒有可指派授權的服務。
users-search = 姓名或地址
users-license = 授權
users-all = 所有人
users-without = 沒有任何授權
users-none = 無
users-nobody = 沒有符合的人
    .text = 沒有人有這個姓名、地址或授權。
users-chosen = 對上方勾選的人
users-which = 服務
users-give = 指派授權
users-take = 收回授權
users-choose-people = 請至少勾選一人。
users-choose-service = 請選擇一項服務。
users-jobs = 您最近的匯入
users-jobs-kept = 匯入結束後，會在此保留 30 天。

users-add-open = 新增使用者
users-add-title = 新增使用者
users-add-lead = 一次最多 25 人；只要有一筆有誤，就一個都不新增。
users-add-person = 第 { $number } 人
users-add-more = 一次新增更多：
users-add-rows = { $count } 列
users-add-licenses = 給所有人的授權
users-add-next = 除了存取權終止的通知，一般使用者不會收到我們的電子郵件。管理員會收到邀請。
users-add-button = 新增
users-add-nobody = 請至少輸入一個地址。

users-import-open = 匯入檔案
users-import-title = 匯入使用者
users-import-lead = 最多 { $count } 列的 CSV 檔案，會在背景逐列處理。
users-import-file = CSV 檔案
users-import-hint = UTF-8 編碼，第一行是欄位名稱，最大 10 MiB。
users-import-next = 無法處理的列不會影響其他列。重複傳送同一個檔案不會有任何影響。已存在的人員只會變更姓名與授權，角色、語言與時區維持不變。
users-import-button = 匯入
users-import-check = 僅檢查
users-import-none = 請選擇一個不是空白的檔案。
users-import-format = 檔案內容
users-import-example = 範例檔案
users-column-email = 地址。必須有這個欄位。
users-column-name = 姓名，最多 200 個字元。
users-column-language = en、fr 或 zh-Hant；留空則使用公司的語言。
users-column-time-zone = 時區，例如 Europe/Paris；留空則使用公司的時區。
users-column-roles = 未填寫時為 user。多個角色以分號隔開。
users-column-licenses = 服務，以分號隔開。空白表示不變更。
users-preview-title = 匯入此檔案的結果
users-preview-created = 新增
users-preview-updated = 變更
users-preview-unchanged = 不變
users-preview-failed = 無法處理
users-preview-hint = 目前尚未執行任何動作。地址是否屬於其他公司，只有在匯入時才會得知。

job-title = 匯入使用者
job-is-queued = 等候中
job-is-running = 進行中
job-is-done = 已完成
job-is-failed = 失敗
job-total = 列數
job-rows = { $count } 列
job-failed = { $count } 列無法處理
job-row = 第 { $number } 列
job-progress = 已處理 { $done } 列，共 { $total } 列
job-hint = 此頁面會自動更新。您可以離開，匯入會繼續進行。
job-succeeded = 已完成
job-file = 結果（CSV）
job-mend = 需要修正的列
job-mend-hint = 列數不含欄位名稱那一行。請修正後重新傳送檔案。
job-all = 所有列都已完成
    .text = 沒有需要修正的內容。
job-to-users = 前往使用者
