#include "adapters/doubles/telegram_updates.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace podbrief::doubles::telegram {
namespace {

using Json = nlohmann::json;

constexpr Millis kept_for{24 * 3'600'000};
constexpr Millis presses_kept_for{150'000};
constexpr Millis longest_hold{50'000};
constexpr Millis read_timeout{60'000};
constexpr Millis longest_pause{60'000};
constexpr Millis longest_retry_after{3'600'000};

class Listening {
public:
    Listening(std::list<Wakeup*>& all, Wakeup& one) : all_(all), place_(all.insert(all.end(), &one)) {}
    ~Listening() { all_.erase(place_); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

private:
    std::list<Wakeup*>& all_;
    std::list<Wakeup*>::iterator place_;
};

}  // namespace

std::int64_t Updates::push(const std::string& kind, Json content, const std::string& queue) {
    if (!allowed_.empty() && std::find(allowed_.begin(), allowed_.end(), kind) == allowed_.end()) return 0;
    Pending update;
    update.id = ++last_id_;
    Json json{{"update_id", update.id}};
    json[kind] = std::move(content);
    update.json = json.dump();
    update.queue = queue;
    update.until = clock_.wall_now() + (kind == "callback_query" ? presses_kept_for : kept_for);
    pending_.push_back(update);
    if (std::exchange(twice_, false)) pending_.push_back(update);
    notify();
    return update.id;
}

void Updates::allow(std::vector<std::string> kinds) {
    allowed_ = std::move(kinds);
}

void Updates::notify() {
    for (Wakeup* one : waiting_) one->notify();
}

void Updates::forget_old() {
    const WallTime now = clock_.wall_now();
    std::erase_if(pending_, [now](const Pending& update) { return update.until <= now; });
}

asio::awaitable<void> Updates::ready(std::int64_t offset, Millis timeout) {
    ended_by_another_ = false;
    confirm(offset);
    const std::int64_t mine = ++polls_;
    notify();  // whoever waits already
    const SteadyTime end = clock_.steady_now() + std::clamp(timeout, Millis{0}, longest_hold);
    Wakeup news(co_await asio::this_coro::executor);
    const Listening listening(waiting_, news);
    for (;;) {
        forget_old();
        const bool any = std::any_of(pending_.begin(), pending_.end(),
                                     [offset](const Pending& update) { return update.id >= offset; });
        const Millis left = std::chrono::duration_cast<Millis>(end - clock_.steady_now());
        if (any || left <= Millis{0} || mine != polls_ || !target_.url.empty()) break;
        co_await news.wait_for(clock_, left);
    }
    ended_by_another_ = mine != polls_;
}

bool Updates::was_ended_by_another() {
    return std::exchange(ended_by_another_, false);
}

void Updates::confirm(std::int64_t offset) {
    if (offset > 0) std::erase_if(pending_, [offset](const Pending& update) { return update.id < offset; });
    if (offset >= 0) return;
    const auto keep = static_cast<std::size_t>(-offset);
    while (pending_.size() > keep) pending_.pop_front();
}

std::vector<Json> Updates::take(std::int64_t offset, std::size_t limit) {
    forget_old();
    confirm(offset);
    std::vector<Json> out;
    for (const Pending& update : pending_) {
        if (out.size() == limit) break;
        out.push_back(Json::parse(update.json));
    }
    return out;
}

void Updates::drop_pending() {
    pending_.clear();
}

void Updates::set_target(Target target) {
    target_ = std::move(target);
    for (Pending& update : pending_) update.not_before = {};
    notify();
}

Updates::Pending* Updates::find(std::int64_t id) {
    const auto found =
        std::find_if(pending_.begin(), pending_.end(), [id](const Pending& one) { return one.id == id; });
    return found == pending_.end() ? nullptr : &*found;
}

// The first of its queue that may be brought now; else how long until one may.
Updates::Pending* Updates::next_due(SteadyTime now, Millis& wait) {
    std::set<std::string> seen;
    wait = kept_for;
    for (Pending& update : pending_) {
        if (!seen.insert(update.queue).second) continue;
        if (update.not_before <= now) return &update;
        wait = std::min(wait, std::chrono::duration_cast<Millis>(update.not_before - now));
    }
    return nullptr;
}

asio::awaitable<void> Updates::deliver(HttpClient& http) {
    Wakeup news(co_await asio::this_coro::executor);
    const Listening listening(waiting_, news);
    for (;;) {
        forget_old();
        Millis wait = kept_for;
        const Pending* due = target_.url.empty() ? nullptr : next_due(clock_.steady_now(), wait);
        if (due == nullptr) {
            co_await news.wait_for(clock_, wait);
        } else {
            co_await bring(http, due->id);
        }
    }
}

asio::awaitable<void> Updates::bring(HttpClient& http, std::int64_t id) {
    HttpRequest request;
    request.method = "POST";
    request.url = target_.url;
    request.headers.push_back({"Content-Type", "application/json"});
    if (!target_.secret.empty()) request.headers.push_back({"X-Telegram-Bot-Api-Secret-Token", target_.secret});
    request.body = find(id)->json;
    request.deadline = read_timeout;
    request.max_redirects = 0;
    const HttpResult result = co_await http.send(std::move(request));
    const auto found =
        std::find_if(pending_.begin(), pending_.end(), [id](const Pending& one) { return one.id == id; });
    if (found == pending_.end()) co_return;  // it grew too old meanwhile
    if (result && result->status >= 200 && result->status < 300) {
        pending_.erase(found);
        co_return;
    }
    trouble_.at = clock_.wall_now();
    trouble_.message = result ? "Wrong response from the webhook: " + std::to_string(result->status)
                              : "Connection failed: " + std::string(to_string(result.error().code));
    // The first retry is almost at once, then the pause doubles.
    Millis pause{found->tries == 0 ? 100 : std::min<std::int64_t>(longest_pause.count(), 1'000LL << found->tries)};
    if (result) {
        const std::string* header = find_header(result->headers, "Retry-After");
        const long long asked = header == nullptr ? 0 : std::atoll(header->c_str());
        if (asked > 0) pause = std::min(longest_retry_after, Millis{asked * 1000});
    }
    found->tries = std::min(found->tries + 1, 16);
    found->not_before = clock_.steady_now() + pause;
}

}  // namespace podbrief::doubles::telegram
