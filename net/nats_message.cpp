// SPDX-License-Identifier: Apache-2.0
#include "net/nats_message.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

namespace convoy::net {

namespace {

constexpr const char* part_header = "Convoy-Part";
/// What a header costs of the server's bound, at most.
constexpr std::size_t header_room = 256;
/// Where the server has not said what it takes.
constexpr std::size_t usual_max_payload = 1'048'576;

struct message_deleter {
  void operator()(natsMsg* what) const {
    natsMsg_Destroy(what);
  }
};

bool send_part(natsConnection* to, const std::string& subject,
               const char* reply_to, std::string_view piece,
               const bus_part& part) {
  natsMsg* made = nullptr;
  if (natsMsg_Create(&made, subject.c_str(), reply_to, piece.data(),
                     static_cast<int>(piece.size()))
      != NATS_OK)
    return false;
  const std::unique_ptr<natsMsg, message_deleter> message{made};
  return natsMsgHeader_Set(made, part_header, to_string(part).c_str())
             == NATS_OK
         && natsConnection_PublishMsg(to, made) == NATS_OK;
}

} // namespace

std::optional<nats_message> read_message(natsMsg* from) {
  nats_message result;
  result.message.subject = natsMsg_GetSubject(from);
  if (const auto* reply = natsMsg_GetReply(from))
    result.message.reply_to = reply;
  result.size = static_cast<std::size_t>(natsMsg_GetDataLength(from));
  result.message.body.assign(natsMsg_GetData(from), result.size);
  result.is_nobody = natsMsg_IsNoResponders(from);
  const char* header = nullptr;
  if (natsMsgHeader_Get(from, part_header, &header) != NATS_OK)
    return result;
  result.part = parse_bus_part(header);
  return result.part ? std::optional{std::move(result)} : std::nullopt;
}

/// Only the last part asks for an answer: without it nobody has the message.
bool send_message(natsConnection* to, const std::string& subject,
                  const std::string& reply_to, std::string_view body,
                  bus_part& part) {
  const auto bound = natsConnection_GetMaxPayload(to);
  const auto room =
      bound > 0 ? static_cast<std::size_t>(bound) : usual_max_payload;
  const auto size = static_cast<int>(body.size());
  const auto* reply = reply_to.empty() ? nullptr : reply_to.c_str();
  if (body.size() <= room)
    return (reply ? natsConnection_PublishRequest(to, subject.c_str(), reply,
                                                  body.data(), size)
                  : natsConnection_Publish(to, subject.c_str(), body.data(),
                                           size))
           == NATS_OK;
  if (body.size() > bus_parts::max_bytes)
    return false;
  const auto step = room - std::min(room / 2, header_room);
  ++part.message;
  part.count = static_cast<std::uint32_t>((body.size() + step - 1) / step);
  for (part.index = 0; part.index < part.count; ++part.index) {
    const auto is_last = part.index + 1 == part.count;
    if (!send_part(to, subject, is_last ? reply : nullptr,
                   body.substr(part.index * step, step), part))
      return false;
  }
  return true;
}

} // namespace convoy::net
