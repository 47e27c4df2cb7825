#include "core/ports/language_model.hpp"

#include <algorithm>
#include <boost/throw_exception.hpp>
#include <stdexcept>

namespace podbrief {

std::string_view to_string(ChatFailure::Kind kind) {
    using Kind = ChatFailure::Kind;
    switch (kind) {
        case Kind::retry_later:
            return "retry_later";
        case Kind::ask_again:
            return "ask_again";
        case Kind::context_too_long:
            return "context_too_long";
        case Kind::refused:
            return "refused";
        case Kind::unauthorised:
            return "unauthorised";
        case Kind::out_of_quota:
            return "out_of_quota";
        case Kind::bad_request:
            return "bad_request";
        case Kind::bad_answer:
            return "bad_answer";
    }
    return "bad_answer";
}

void throw_exception_from_error(const ChatFailure& failure, const boost::source_location& location) {
    boost::throw_with_location(std::runtime_error("the model gave no answer: " + failure.detail), location);
}

std::int64_t tokens_at_most(std::string_view text) {
    const auto latin = std::count_if(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
    const auto other = static_cast<std::ptrdiff_t>(text.size()) - latin;
    return (latin + 2) / 3 + (2 * other + 2) / 3;
}

}  // namespace podbrief
