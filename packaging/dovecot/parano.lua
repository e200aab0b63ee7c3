-- Asks Parano whether a mailbox opens: Dovecot's Lua passdb (docs/mail.md). The two lines below are yours to set.
--
--   passdb {
--     driver = lua
--     args = file=/etc/dovecot/parano.lua blocking=yes
--   }
--
-- Dovecot keeps no answer of ours as long as auth_cache_size is 0, which is its default.

local URL = "http://127.0.0.1:8145/dovecot/password"
local SECRET_FILE = "/etc/dovecot/parano.secret" -- the secret alone, readable by Dovecot's auth process

local client
local secret

local function escape(octet)
  return string.format("\\u%04x", string.byte(octet))
end

-- A JSON string (RFC 8259). Whatever is neither letter nor digit is escaped octet by octet: nothing in it can end it,
-- and no device's password has anything beyond ASCII.
local function quoted(text)
  local escaped = string.gsub(text, '[^%w]', escape)
  return '"' .. escaped .. '"'
end

-- Called once in each worker.
function script_init()
  client = dovecot.http.client({timeout = 3000, max_attempts = 1})
  local file = assert(io.open(SECRET_FILE, "r"))
  secret = file:read("l")
  file:close()
  return 0
end

function auth_password_verify(request, password)
  local ask = client:request({url = URL, method = "POST"})
  ask:add_header("Content-Type", "application/json")
  ask:add_header("X-Parano-Secret", secret)
  ask:set_payload('{"login":' .. quoted(request.original_user or request.user)
    .. ',"password":' .. quoted(password)
    .. ',"remote":' .. quoted(request.remote_ip)
    .. ',"protocol":' .. quoted(request.service) .. '}')
  local answer = ask:submit()
  if answer:status() == 200 then
    local user = string.match(answer:payload(), '^{"result":"ok","user":"([^"\\]+)"}$')
    if user then
      return dovecot.auth.PASSDB_RESULT_OK, {user = user}
    end
    if answer:payload() == '{"result":"refused"}' then
      return dovecot.auth.PASSDB_RESULT_PASSWORD_MISMATCH, "refused"
    end
  end
  -- Anything else is no answer, and no answer opens nothing.
  return dovecot.auth.PASSDB_RESULT_INTERNAL_FAILURE, "Parano does not answer"
end
