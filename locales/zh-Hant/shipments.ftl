# Devices: what is dated, what is recorded, what is refused (DEV, EXT-4).

milestone-device-return-opens = 可以開始退還裝置
    .short = 開放退還
    .text = 客戶與合作夥伴都會收到退還步驟。
    .rule = 裝置借用結束日前 14 天
milestone-device-ends = 裝置借用結束日
    .short = 借用結束
    .text = 這不是試用到期日。
    .rule = 借用的最後一天結束時
milestone-device-return-due = 裝置最後退還日
    .short = 最後退還日
    .text = 屆時尚未退還的裝置即為逾期。
    .rule = 裝置借用結束日後 14 天
milestone-return-overdue = 逾期裝置提醒
    .short = 逾期
    .text = 僅在仍有裝置未退還時。
    .rule = 逾期後第 1、7、14 天，之後每週一次

event-shipment-requested = 已請求裝置
event-shipment-decided = 裝置請求已決定
event-shipment-withdrawn = 裝置請求已撤回
event-devices-shipped = 裝置已出貨
event-device-extension-asked = 已請求延長借用
event-device-extension-decided = 延長借用已決定
event-return-opened = 已開放退還
event-devices-fall-due = 裝置須退還
event-label-requested = 已請求新的退還標籤
event-overdue-reminded = 已寄出逾期裝置提醒
event-devices-received = 已收到裝置
event-return-mismatched = 退回包裹內容全部不符
event-serial-corrected = 已更正序號

problem-label-elsewhere = 此國家或地區不提供新的退還標籤：請依退還資訊中 { $carrier } 的步驟寄回。
    .title = 此處不提供新標籤
    .plain = 此國家或地區不提供新的退還標籤：請依退還資訊中的步驟寄回。
problem-invalid-order-number = 示範訂單編號是 D 加上數字：D1234567。
    .title = 不是示範訂單編號
