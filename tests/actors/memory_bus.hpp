// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/bus.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace convoy::actors {

/// A bus in memory: nothing arrives but in `run`, no request runs out but in
/// `advance`, and the test may lose what is on its way.
class memory_bus {
public:
  /// What one node has of it.
  class port final : public net::bus {
  public:
    explicit port(memory_bus& hub) : hub_(hub) {
      // nop
    }
    ~port() override {
      CHECK(hub_.listeners_of(this) == 0);
    }

    void publish(std::string_view subject, net::payload body) override {
      if (is_up_)
        hub_.waiting_.push_back({{std::string{subject}, *body, ""}, this});
    }
    void request(std::string_view subject, net::payload body,
                 std::chrono::milliseconds deadline,
                 std::function<void(net::bus_answer)> done) override {
      const auto reply = "reply." + std::to_string(++hub_.last_);
      hub_.requests_[reply] = {std::move(done), hub_.now_ + deadline};
      if (is_up_)
        hub_.waiting_.push_back({{std::string{subject}, *body, reply}, this});
      else
        hub_.waiting_.push_back({{reply, "", ""}, nullptr});
    }
    std::unique_ptr<net::bus_subscription>
    subscribe(std::string_view subject,
              std::function<void(net::bus_message)> take) override {
      const auto number = ++hub_.last_;
      hub_.listeners_[number] = {std::string{subject}, std::move(take), this};
      return std::make_unique<subscription>(hub_, number);
    }
    std::string problem() const override {
      return is_up_ ? "" : "The test has cut it.";
    }
    std::uint64_t connects() const override {
      return connects_;
    }

    /// It says and hears nothing any more; what it says is lost.
    void cut() {
      is_up_ = false;
    }
    void mend() {
      is_up_ = true;
      ++connects_;
    }
    bool is_up() const {
      return is_up_;
    }

  private:
    memory_bus& hub_;
    bool is_up_ = true;
    std::uint64_t connects_ = 1;
  };

  /// Brings what waits to whom it is for; whether there was anything.
  bool run() {
    const auto was_busy = !waiting_.empty();
    for (auto batch = std::exchange(waiting_, {}); !batch.empty();
         batch.pop_front())
      bring(batch.front());
    return was_busy;
  }
  void advance(std::chrono::milliseconds time) {
    now_ += time;
    std::vector<std::string> late;
    for (const auto& [reply, each] : requests_)
      if (each.deadline <= now_)
        late.push_back(reply);
    for (const auto& each : late)
      finish(each, net::bus_failure::timeout);
  }

  /// Loses the next messages of that subject.
  void lose(const std::string& subject, std::size_t count) {
    to_lose_[subject] = count;
  }
  /// Messages of that subject come twice from now on.
  void repeat(const std::string& subject) {
    to_repeat_ = subject;
  }
  std::size_t listeners_of(const port* whose) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(listeners_, [&](const auto& each) {
          return each.second.where == whose;
        }));
  }
  /// Subjects that somebody listens to on that node.
  std::vector<std::string> heard_by(const port* whose) const {
    std::vector<std::string> result;
    for (const auto& [number, each] : listeners_)
      if (each.where == whose)
        result.push_back(each.subject);
    std::ranges::sort(result);
    return result;
  }

private:
  struct listener {
    std::string subject;
    std::function<void(net::bus_message)> take;
    const port* where = nullptr;
  };
  struct open_request {
    std::function<void(net::bus_answer)> done;
    std::chrono::milliseconds deadline{};
  };
  struct parcel {
    net::bus_message message;
    const port* from = nullptr; ///< null: it could not be sent
  };
  class subscription final : public net::bus_subscription {
  public:
    subscription(memory_bus& hub, std::uint64_t number)
        : hub_(hub), number_(number) {
      // nop
    }
    ~subscription() override {
      hub_.listeners_.erase(number_);
    }

  private:
    memory_bus& hub_;
    std::uint64_t number_;
  };

  void bring(const parcel& what) {
    const auto& message = what.message;
    if (!what.from)
      return finish(message.subject, net::bus_failure::disconnected);
    if (requests_.contains(message.subject))
      return finish(message.subject, message.body);
    if (auto& left = to_lose_[message.subject]; left > 0) {
      --left;
      return;
    }
    std::vector<std::function<void(net::bus_message)>> takers;
    for (const auto& [number, each] : listeners_)
      if (each.subject == message.subject && each.where->is_up())
        takers.push_back(each.take);
    if (takers.empty() && !message.reply_to.empty())
      return finish(message.reply_to, net::bus_failure::no_responders);
    for (const auto& each : takers) {
      each(message);
      if (message.subject == to_repeat_)
        each(message);
    }
  }

  void finish(const std::string& reply, net::bus_answer how) {
    auto open = requests_.extract(reply);
    if (!open.empty())
      open.mapped().done(std::move(how));
  }

  std::deque<parcel> waiting_;
  std::map<std::uint64_t, listener> listeners_;
  std::map<std::string, open_request> requests_;
  std::map<std::string, std::size_t> to_lose_;
  std::string to_repeat_;
  std::chrono::milliseconds now_{};
  std::uint64_t last_ = 0;
};

} // namespace convoy::actors
