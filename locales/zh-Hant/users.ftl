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
