#include "adapters/telegram/callbacks.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "adapters/telegram/limits.hpp"
#include "core/async/task_scope.hpp"
#include "core/commands/inert.hpp"
#include "core/rendering/measure.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::telegram {

void Callbacks::open(const std::string& event_id, const std::string& query_id, Millis wait) {
    if (query_id.empty() || answered_.count(event_id) != 0 || open_.count(event_id) != 0) return;
    if (open_.size() >= most_open) {
        metrics_.count("podbrief_telegram_callbacks_total", "dropped");
        return;
    }
    open_[event_id] = Open{query_id, clock_.steady_now() + wait};
    if (news_ != nullptr) news_->notify();
}

void Callbacks::forget(const std::string& event_id) {
    open_.erase(event_id);
}

void Callbacks::remember(const std::string& event_id) {
    if (!answered_.emplace(event_id, true).second) return;
    answered_in_order_.push_back(event_id);
    if (answered_in_order_.size() <= most_remembered) return;
    answered_.erase(answered_in_order_.front());
    answered_in_order_.pop_front();
}

asio::awaitable<void> Callbacks::answer(std::string event_id, std::string words) {
    const auto found = open_.find(event_id);
    if (found == open_.end()) co_return;
    std::string query_id = std::move(found->second.query_id);
    open_.erase(found);  // before anything waits: nobody else answers it
    remember(event_id);
    co_await send(std::move(query_id), std::move(words));
}

asio::awaitable<void> Callbacks::send(std::string query_id, std::string words) {
    nlohmann::json fields{{"callback_query_id", query_id}};
    const std::string shown = rendering::cut(commands::inert(words), longest_toast, rendering::utf16_units);
    if (!shown.empty()) fields["text"] = shown;
    CallOptions options;
    options.deadline = Millis{5'000};
    const Called called = co_await api_.call("answerCallbackQuery", std::move(fields), std::move(options));
    if (worked(called) != nullptr) {
        metrics_.count("podbrief_telegram_callbacks_total", "answered");
        co_return;
    }
    const std::string problem = problem_of(called);
    const bool late = text::to_lower(problem).find("query is too old") != std::string::npos;
    metrics_.count("podbrief_telegram_callbacks_total", late ? "too late" : "failed");
    if (!late) log_.warning("telegram button not answered", {{"problem", problem}});
}

asio::awaitable<void> Callbacks::run() {
    const auto executor = co_await asio::this_coro::executor;
    Wakeup news(executor);
    TaskScope answers(executor, [this](const std::string&, std::exception_ptr failure) {
        if (failure) log_.warning("telegram button not answered", {{"problem", "an exception"}});
    });
    news_ = &news;
    std::exception_ptr failure;
    try {
        for (;;) co_await wait_for_due(news, answers);
    } catch (...) {
        failure = std::current_exception();
    }
    news_ = nullptr;
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    answers.request_stop();
    co_await answers.drained();
    std::rethrow_exception(failure);
}

asio::awaitable<void> Callbacks::wait_for_due(Wakeup& news, TaskScope& answers) {
    const SteadyTime now = clock_.steady_now();
    std::vector<std::string> due;
    SteadyTime next = SteadyTime::max();
    for (const auto& [event_id, open] : open_) {
        if (open.due <= now) {
            due.push_back(event_id);
        } else {
            next = std::min(next, open.due);
        }
    }
    for (std::string& event_id : due) answers.spawn("answer", answer(std::move(event_id), {}));
    if (!due.empty()) co_return;  // those are on their way: look again
    if (open_.empty()) {
        co_await news.wait();
    } else {
        const Millis wait = std::chrono::duration_cast<Millis>(next - now);
        co_await news.wait_for(clock_, wait);
    }
}

}  // namespace podbrief::telegram
