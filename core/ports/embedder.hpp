#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/ports/error.hpp"

namespace podbrief {

namespace asio = boost::asio;

// Texts as vectors of unit length: what means the same lies near. Vectors of two models are never compared, so what is
// kept names its model and dimension.
class Embedder {
public:
    enum class Role { passage, query };  // some models want to know which of the two a text is

    struct Embedded {
        std::vector<std::vector<float>> vectors;  // one a text, in order
        std::int64_t tokens = 0;                  // that it took, as the server says; 0: it says nothing
    };

    virtual ~Embedder() = default;
    // Errors: unavailable, timed_out (may work later), refused (key or quota), invalid
    // (what came cannot be used, or a text is empty). Cancellation: throws operation_aborted.
    virtual asio::awaitable<Result<Embedded>> embed(std::vector<std::string> texts, Role role) = 0;
    // Another one wherever vectors may not be compared: the model's name and whatever else they depend on.
    virtual std::string model() const = 0;
    virtual std::size_t dimension() const = 0;  // 0: not known before the first answer
    // What the last failure was, for people; empty: there was none.
    virtual std::string problem() const { return {}; }
};

}  // namespace podbrief
