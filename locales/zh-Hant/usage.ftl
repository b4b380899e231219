### 以圖表呈現的使用量（USE-1）、每日摘要與退信的地址（NOTE-4）。

problem-unknown-customer = 沒有這個客戶，或該客戶既未試用也未購買此服務。
    .title = 不是此服務的客戶
problem-invalid-metric = 請以小寫字母、數字與 _ 命名計量項目，以字母開頭，最多 40 個字元：active_users。
    .title = 計量名稱無效
problem-invalid-day = 請以 YYYY-MM-DD 格式輸入日期。
    .title = 日期無效
problem-duplicate-figure = 這筆數據在回報中出現兩次：請只保留一筆。
    .title = 重複回報

scope-usage = 使用量
    .text = 供回報客戶使用量的服務使用：僅限於此。

event-usage-reported = 已回報使用量
