#include "adapters/doubles/trouble.hpp"

namespace podbrief::doubles {
namespace {

// Whether the platform may or may not have carried out what got such an answer.
bool may_be_made(FaultKind kind, std::string_view platform) {
    switch (kind) {
        case FaultKind::silent:
        case FaultKind::reset:
        case FaultKind::http_500:
        case FaultKind::http_504:
        case FaultKind::garbage_html:
        case FaultKind::garbage_empty:
        case FaultKind::garbage_json:
        case FaultKind::internal_error:
        case FaultKind::fatal_error:
            return true;
        case FaultKind::http_502:
        case FaultKind::http_503:
            return platform != "discord";  // documented as not processed
        default:
            return false;
    }
}

bool always_made(FaultKind kind) {
    return kind == FaultKind::answer_lost || kind == FaultKind::made_late || kind == FaultKind::slow_answer;
}

bool applies(FaultKind kind, std::string_view platform, std::string_view op) {
    switch (kind) {
        case FaultKind::internal_error:
        case FaultKind::fatal_error:
            return platform == "slack";
        case FaultKind::chat_moved:
            return platform == "telegram";
        case FaultKind::payload_refused:
            return op == "post" || op == "edit";
        case FaultKind::message_deleted:
            return op == "edit" || (platform == "discord" && op == "post");
        case FaultKind::made_late:
            return op != "find";
        default:
            return true;
    }
}

bool is_peoples_doing(FaultKind kind) {
    return kind >= FaultKind::token_revoked;
}

}  // namespace

const char* to_string(FaultKind kind) {
    static constexpr const char* names[] = {
        "none",
        "refused",
        "connect blackhole",
        "half written",
        "silent",
        "reset",
        "answer lost",
        "made late",
        "slow answer",
        "429",
        "500",
        "502",
        "503",
        "504",
        "garbage: HTML",
        "garbage: empty",
        "garbage: JSON",
        "internal_error",
        "fatal_error",
        "payload refused",
        "token revoked",
        "chat blocked",
        "chat moved",
        "message deleted",
    };
    static_assert(std::size(names) == fault_kinds);
    return names[static_cast<std::size_t>(kind)];
}

void Trouble::set_chance_of_all(double chance) {
    for (std::size_t i = 1; i < fault_kinds; ++i) {
        if (!is_peoples_doing(static_cast<FaultKind>(i))) chances_[i] = chance;
    }
}

void Trouble::calm() {
    chances_ = {};
    orders_.clear();
    outages_.clear();
}

void Trouble::order(Fault fault, std::string platform, std::string op, int skip) {
    if (always_made(fault.kind)) fault.made = true;
    orders_.push_back({fault, std::move(platform), std::move(op), skip});
}

void Trouble::set_latency(Millis shortest, Millis longest) {
    shortest_ = shortest;
    longest_ = longest;
}

Millis Trouble::latency() {
    const auto span = static_cast<std::uint64_t>((longest_ - shortest_).count()) + 1;
    return shortest_ + Millis{static_cast<std::int64_t>(random_.below(span))};
}

std::uint64_t Trouble::faults_given() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 1; i < fault_kinds; ++i) sum += given_[i];
    return sum;
}

Fault Trouble::drawn(FaultKind kind, std::string_view platform) {
    Fault out;
    out.kind = kind;
    if (always_made(kind)) {
        out.made = true;
    } else if (may_be_made(kind, platform)) {
        out.made = chance(0.5);
    }
    if (kind == FaultKind::made_late) out.delay = Millis{static_cast<std::int64_t>(random_.below(5'000))};
    if (kind == FaultKind::slow_answer) out.delay = Millis{1'000 + static_cast<std::int64_t>(random_.below(14'000))};
    if (kind == FaultKind::limited) {
        out.delay = Millis{500 + static_cast<std::int64_t>(random_.below(29'500))};
        out.shape = static_cast<RetryShape>(random_.below(retry_shapes));
        out.scope = static_cast<LimitScope>(random_.below(3));
    }
    return out;
}

Fault Trouble::choose(std::string_view platform, std::string_view op, WallTime now) {
    for (auto order = orders_.begin(); order != orders_.end(); ++order) {
        if ((!order->platform.empty() && order->platform != platform) || (!order->op.empty() && order->op != op)) {
            continue;
        }
        if (order->skip > 0) {
            --order->skip;
            continue;
        }
        const Fault fault = order->fault;
        orders_.erase(order);
        return fault;
    }
    for (const auto& outage : outages_) {
        if ((!outage.platform.empty() && outage.platform != platform) || now < outage.begin || now >= outage.end) {
            continue;
        }
        switch (outage.kind) {
            case OutageKind::refuse:
                return drawn(FaultKind::refused, platform);
            case OutageKind::http_5xx: {
                static constexpr FaultKind kinds[] = {FaultKind::http_500, FaultKind::http_502, FaultKind::http_503,
                                                      FaultKind::http_504};
                return drawn(kinds[random_.below(4)], platform);
            }
            case OutageKind::blackhole: {
                Fault fault = drawn(chance(0.5) ? FaultKind::connect_blackhole : FaultKind::silent, platform);
                fault.made = false;
                return fault;
            }
        }
    }
    double at = random_.unit();
    for (std::size_t i = 1; i < fault_kinds; ++i) {
        if (chances_[i] == 0) continue;
        at -= chances_[i];
        if (at >= 0) continue;
        const auto kind = static_cast<FaultKind>(i);
        return applies(kind, platform, op) ? drawn(kind, platform) : Fault{};
    }
    return {};
}

Fault Trouble::next(std::string_view platform, std::string_view op, WallTime now) {
    const Fault fault = choose(platform, op, now);
    ++given_[static_cast<std::size_t>(fault.kind)];
    return fault;
}

}  // namespace podbrief::doubles
