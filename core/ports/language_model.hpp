#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/time.hpp"

namespace podbrief {

namespace asio = boost::asio;

struct TokenUsage {
    std::int64_t input = 0;  // cached ones included
    std::int64_t output = 0;
    bool operator==(const TokenUsage&) const = default;
};
inline TokenUsage operator+(TokenUsage a, TokenUsage b) {
    return {a.input + b.input, a.output + b.output};
}

struct ChatRequest {
    std::string system;
    std::string user;
    std::string schema_name;  // 1 to 64 letters, digits, _ and -
    std::string schema;       // JSON schema of the answer: plain objects, all properties required; empty: any text
    std::int64_t max_output_tokens = 2048;
    Millis deadline{120'000};  // for the whole call
};

struct ChatAnswer {
    std::string text;        // what the model wrote; JSON of the schema where the server keeps to it, never certain
    bool cut_short = false;  // it ran out of tokens: the text breaks off
    TokenUsage usage;
    bool usage_told = false;  // false: the server did not say; `usage` is what was reserved
};

// Why there is no answer.
struct ChatFailure {
    enum class Kind {
        retry_later,       // overloaded, a rate limit, no connection: the same again may work after `wait`
        ask_again,         // the server refused the form of the request; the next one will have another form
        context_too_long,  // the request does not fit; `request_tokens` and `context_tokens` where told
        refused,           // the model or a filter declined: not to be asked the same again
        unauthorised,      // the key is wrong or may not
        out_of_quota,      // nothing is left to spend there, or our own ceiling is reached: not again today
        bad_request,       // the server does not know the model or a field: a matter of settings
        bad_answer,        // an answer that cannot be understood
    };
    Kind kind = Kind::bad_answer;
    std::string detail;        // one line for people; no secrets
    Millis wait{0};            // retry_later: what the server asked for; 0: it did not
    bool in_vain = false;      // retry_later: the server says that repeating will not help now
    bool our_ceiling = false;  // out_of_quota: by our own will, the server was not asked
    bool may_cost = false;  // the tokens may be billed all the same (no answer came to what was sent, or a gateway's)
    TokenUsage usage;       // told with a failure, as by a refusal
    std::int64_t request_tokens = 0;
    std::int64_t context_tokens = 0;
};
std::string_view to_string(ChatFailure::Kind);
[[noreturn]] void throw_exception_from_error(const ChatFailure& failure, const boost::source_location& location);

using ChatResult = boost::system::result<ChatAnswer, ChatFailure>;

// A model that writes. It is given no tools; what it returns is text to be checked, never an order. One call of `chat`
// is one exchange, unless the implementation says that it repeats. Cancellation: throws operation_aborted.
class LanguageModel {
public:
    virtual ~LanguageModel() = default;
    virtual asio::awaitable<ChatResult> chat(ChatRequest request) = 0;
    virtual std::string name() const = 0;  // "openai gpt-5-mini": provider and model, for people and for the accounts
};

// Tokens of a text at most, as far as its bytes tell: one for three bytes of Latin letters, more for other scripts.
std::int64_t tokens_at_most(std::string_view text);

}  // namespace podbrief
