#pragma once
#include <cstddef>
#include <memory>
#include <string>

#include "core/ports/clock.hpp"

namespace podbrief::bot::bench {

// People who ask podbrief something, as their platform tells us of it: whole requests of HTTP/1.1, signed as the
// platform signs.
class Asking {
public:
    virtual ~Asking() = default;

    // `person`: from 0. `number`: another one for everything that is asked.
    virtual std::string request(std::size_t person, std::int64_t number, const std::string& text) const = 0;
    // What of a call to the platform's API is an answer that a person sees: the person; npos for all others.
    virtual std::size_t answered(const std::string& path, const std::string& body) const = 0;

    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);
    // `path`: of ours, which the platform calls.
    static std::unique_ptr<Asking> on(const std::string& platform, std::string path, Clock& clock);
};

// What both sides of a measurement agree on.
std::string account_of(const std::string& platform, std::size_t person);  // Account::user
std::string chat_of(const std::string& platform, std::size_t person);     // Destination::chat
inline constexpr const char* slack_team = "T0BENCH001";
inline constexpr const char* slack_secret = "an-example-of-a-signing-secret";
inline constexpr const char* telegram_token = "123456:a-token-of-the-benchmark";
inline constexpr const char* telegram_secret = "a-secret-of-the-benchmark";
inline constexpr const char* discord_application = "700000000000000001";
inline constexpr const char* discord_seed = "podbrief discord bench, 32 bytes";

}  // namespace podbrief::bot::bench
