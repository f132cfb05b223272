// SPDX-License-Identifier: Apache-2.0
#include "tests/history/client.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <stdexcept>
#include <utility>

namespace convoy::history {

namespace {

using scenarios::json;

/// Of one session, beside the description; a person has hundreds of sessions,
/// and who looks at all they see delays what is measured.
constexpr std::size_t events_looked_at = 20;

std::string text_of(const json& object, std::string_view key) {
  const auto* found = member(object, key);
  return found && found->what == json::kind::string ? found->text : "";
}

event_number number_of(const json& object, std::string_view key) {
  const auto* found = member(object, key);
  return found && found->what == json::kind::number ? std::stoull(found->text)
                                                    : 0;
}

/// Microseconds since 1970 of an ISO 8601 time in UTC.
std::int64_t microseconds_of(const std::string& iso) {
  std::tm parts{};
  const auto* rest = ::strptime(iso.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (!rest)
    throw std::runtime_error("not a time: " + iso);
  const auto fraction = *rest == '.' ? std::stod(rest) : 0.0;
  return ::timegm(&parts) * 1'000'000 + std::llround(fraction * 1e6);
}

/// A frame without its time, which sessions may get in different forms.
std::string without_time(const std::string& frame) {
  const auto begin = frame.find(R"("ts":)");
  const auto end = frame.find_first_of(",}", begin);
  return begin == frame.npos ? frame
                             : frame.substr(0, begin) + frame.substr(end);
}

/// An event as it was shown; the number is not part of it.
content content_of(const json& frame, const std::string& whole) {
  content result;
  result.type = text_of(frame, "type");
  result.connection = text_of(frame, "connection_id");
  if (is_message(result.type)) {
    result.conversation = text_of(frame, "conversation_id");
    result.from = text_of(frame, "from");
    result.text = text_of(frame, "message");
  }
  if (const auto* time = member(frame, "ts"))
    result.time = time->what == json::kind::string
                      ? microseconds_of(time->text)
                      : std::llround(std::stod(time->text) * 1e6);
  result.digest = digest_of(without_time(whole) + std::to_string(result.time));
  return result;
}

} // namespace

client::client(surroundings& in, std::string name, std::string user,
               std::string cookie, const door& at, protocol::ts_format format)
    : in_(in),
      name_(std::move(name)),
      user_(std::move(user)),
      cookie_(std::move(cookie)),
      door_(at),
      format_(format),
      routine_(in, [this] { return act(); }),
      pause_(in.loop.io()),
      meddler_(in.frames) {
  routine_.start(milliseconds(0));
}

void client::roam(bool on) {
  roams_ = on;
  if (!on)
    go_on();
}

void client::stall(milliseconds time) {
  if (state_ != state::here)
    return;
  is_stalled_ = true;
  socket_->stall(true);
  pause_.expires_after(time);
  pause_.async_wait([this](const auto& error) {
    if (!error)
      go_on();
  });
}

void client::go_on() {
  pause_.cancel();
  is_stalled_ = false;
  if (socket_)
    socket_->stall(false);
}

bool client::is_at_rest() const {
  return state_ == state::here && knows_place_ && open_.empty()
         && unanswered_.empty() && !loads_;
}

std::string client::wants() const {
  std::string result = name_ + " is at " + std::to_string(place());
  if (state_ != state::here)
    result += ", is not connected";
  else if (!knows_place_)
    result += ", does not know its place";
  for (const auto& [id, what] : open_)
    result += ", waits for the answer to " + id + " (" + what.text + ')';
  for (const auto& each : unanswered_)
    result += ", has to repeat \"" + each.text + '"';
  return result;
}

// -- what it does -------------------------------------------------------------

milliseconds client::act() {
  if (state_ == state::away) {
    come();
  } else if (state_ == state::here && !is_stalled_) {
    if (!asked_ && !knows_place_ && !loads_) {
      // The node could not say.
      load();
    } else if (!unanswered_.empty()) {
      const auto next = unanswered_.front();
      unanswered_.erase(unanswered_.begin());
      ++in_.counts.repeats;
      say(next);
    } else if (roams_) {
      do_something();
    }
  }
  // Who is away hurries.
  const auto pace = state_ == state::here ? in_.pace : std::min(in_.pace, 5);
  return roams_ ? pace * in_.between(milliseconds(10), milliseconds(300))
                : milliseconds(50);
}

void client::do_something() {
  const auto choice = in_.dice.below(100);
  if (choice < 45) {
    say_something();
  } else if (choice < 55 && !answered_.empty()) {
    ++in_.counts.repeats;
    say(in_.dice.one_of(answered_));
  } else if (choice < 67) {
    leave();
  } else if (choice < 72) {
    load();
  } else if (choice < 77) {
    stall(in_.between(milliseconds(50), milliseconds(1500)));
  }
}

void client::come() {
  if (door_.port == 0)
    return;
  asked_.reset();
  if (seq_ && (!roams_ || !in_.dice.percent(5)))
    asked_ = seq_;
  open_socket();
}

void client::come_again(event_number since, const std::string& stream) {
  stream_ = stream;
  asked_ = since;
  open_socket();
}

void client::open_socket() {
  std::string target = "/events?ts=";
  target += format_ == protocol::ts_format::iso ? "iso" : "epoch";
  if (asked_)
    target += "&since=" + std::to_string(*asked_) + "&stream=" + stream_;
  session_ = name_ + '#' + std::to_string(++sessions_);
  state_ = state::coming;
  knows_place_ = false;
  leaves_ = false;
  go_on();
  socket_ = std::make_unique<scenarios::websocket_peer>(
      in_.loop.io(), scenarios::event_check(events_looked_at));
  socket_->on_news = [this] {
    on_news();
  };
  socket_->open(door_.port, target, {{"Cookie", "convos=" + cookie_}});
}

void client::leave() {
  leaves_ = true;
  if (in_.dice.percent(50))
    socket_->drop();
  else
    socket_->close();
}

void client::load() {
  loads_ = true;
  socket_->send(R"({"method":"load","id":"load","params":{}})");
}

void client::say_something() {
  const auto name = name_ + '-' + std::to_string(++utterances_);
  ++in_.counts.sends;
  say({in_.dice.percent(90) ? name : "",
       in_.dice.percent(80) ? '#' + user_ : "bob", "said " + name});
}

void client::say(const utterance& what) {
  const auto id = name_ + '.' + std::to_string(++requests_);
  open_[id] = what;
  note(session_said{session_, id, what.nonce, what.conversation, what.text});
  protocol::json_writer out;
  out.begin_object().field("method", "send").field("id", id);
  out.field("connection_id", "irc-localhost")
      .field("conversation_id", what.conversation)
      .field("message", what.text);
  if (!what.nonce.empty())
    out.field("nonce", what.nonce);
  out.end_object();
  socket_->send(out.take());
}

// -- what it is told ----------------------------------------------------------

void client::on_news() {
  if (state_ == state::coming && socket_->is_open()) {
    state_ = state::here;
    ++in_.counts.sessions;
    // Who stands before several nodes says which it is.
    const auto node = socket_->header("X-Node");
    note(session_opened{session_, user_, node.empty() ? door_.node : node,
                        asked_, asked_ ? stream_ : ""});
    if (!asked_) {
      // What it missed is lost to it: `load` tells where it is.
      seq_.reset();
      load();
    }
  }
  while (!socket_->inbox.empty()) {
    const auto frame = socket_->take();
    if (frame.starts_with(R"({"event":"message")"))
      meddler_.pass(frame, [this](const auto& each) { on_frame(each); });
    else
      on_frame(frame);
  }
  if (socket_->closed || socket_->refused())
    on_end();
}

void client::on_frame(const std::string& frame) {
  const auto value = scenarios::parse_json(frame);
  const auto event = text_of(value, "event");
  knows_place_ = knows_place_ || event == "resume"
                 || (event == "load" && member(value, "seq"));
  if (event == "resume") {
    const auto* resumed = member(value, "resumed");
    const session_resumed what{
        session_, resumed && resumed->truth, text_of(value, "stream"),
        number_of(value, "since"), number_of(value, "seq")};
    note(what);
    if (what.resumed)
      ++in_.counts.resumes;
    seq_ = what.resumed ? what.since : what.seq;
    stream_ = what.stream;
  } else if (event == "load" && member(value, "seq")) {
    loads_ = false;
    note(session_loaded{session_, text_of(value, "stream"),
                        number_of(value, "seq")});
    seq_ = number_of(value, "seq");
    stream_ = text_of(value, "stream");
  } else if (event == "load") {
    loads_ = false;
  } else if (event == "sent") {
    on_answer(value);
  } else if ((event == "message" || event == "state") && member(value, "seq")) {
    ++in_.counts.events;
    seq_ = number_of(value, "seq");
    auto what = content_of(value, frame);
    if (is_message(what.type))
      last_text_ = what.text;
    note(session_saw{session_, *seq_, std::move(what)});
  }
}

void client::on_answer(const json& frame) {
  session_answered what{session_, text_of(frame, "id"), true, {}, {}};
  if (const auto* errors = member(frame, "errors");
      errors && !errors->items.empty()) {
    what.sent = false;
    what.code = text_of(errors->items[0], "code");
    what.problem = text_of(errors->items[0], "message");
  }
  note(what);
  ++(what.sent                ? in_.counts.sent
     : what.code == "unknown" ? in_.counts.unknowns
                              : in_.counts.refusals);
  const auto asked = open_.find(what.id);
  if (asked == open_.end())
    return;
  if (!asked->second.nonce.empty())
    (may_be_repeated(what.code) ? unanswered_ : answered_)
        .push_back(asked->second);
  open_.erase(asked);
}

void client::on_end() {
  if (state_ == state::here) {
    const auto code = socket_->closed.value_or(1006);
    note(session_closed{session_, code, leaves_});
    if (code == 1013)
      ++in_.counts.slow;
  }
  state_ = state::away;
  loads_ = false;
  meddler_.forget();
  for (auto& [id, what] : std::exchange(open_, {}))
    if (!what.nonce.empty())
      unanswered_.push_back(what);
}

} // namespace convoy::history
