-- Asks Valetkey whether a request may pass (PROTOCOL.md#forward-auth), and sets the identity headers or sends the refusal.
local VERIFY = "http://127.0.0.1:8443/valetkey/verify/forwarded"
local IDENTITY = { "user", "user-id", "scopes", "client-id", "key-id", "jwt" }
local NOT_SENT = { connection = true, upgrade = true, expect = true, te = true, ["content-length"] = true, ["transfer-encoding"] = true }

local function first(headers, name)
  return headers and headers[name] and headers[name][0]
end

local function refuse(txn, status, body, headers)
  local reply = txn:reply({ status = status, body = body })
  for name, values in pairs(headers) do
    if not NOT_SENT[name] then
      for _, value in pairs(values) do reply:add_header(name, value) end
    end
  end
  txn:done(reply)
end

core.register_action("valetkey", { "http-req" }, function(txn)
  local sent = {}
  for name, values in pairs(txn.http:req_get_headers()) do
    if not NOT_SENT[name] then
      sent[name] = {}
      for _, value in pairs(values) do table.insert(sent[name], value) end
    end
  end
  sent["x-forwarded-method"] = { txn.sf:method() }
  sent["x-forwarded-uri"] = { txn.sf:pathq() }
  sent["x-forwarded-for"] = { txn.sf:src() }
  local verdict = core.httpclient():get({ url = VERIFY, headers = sent, timeout = 5000 })
  if not verdict or verdict.status == 0 or verdict.status >= 500 and not first(verdict.headers, "retry-after") then
    return refuse(txn, 503, '{"errors":["The site cannot verify keys now."],"error_type":"server_error","code":"store_unavailable"}',
      { ["content-type"] = { "application/json" }, ["retry-after"] = { "1" } })
  end
  if verdict.status ~= 204 then return refuse(txn, verdict.status, verdict.body, verdict.headers) end
  for _, name in ipairs(IDENTITY) do
    txn.http:req_set_header("X-Valetkey-" .. name, first(verdict.headers, "x-valetkey-" .. name) or "-")
  end
  for _, name in ipairs({ "ratelimit", "ratelimit-policy" }) do
    local value = first(verdict.headers, name)
    if value then txn:set_var("txn." .. name:gsub("-", "_"), value) end
  end
end)
