#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/model/incoming.hpp"
#include "core/model/reply.hpp"

namespace podbrief {

namespace asio = boost::asio;

// A small form that platforms show beside the chat (Slack: modal, Discord: modal). What is sent comes back as
// Incoming::Kind::form with the same names.
struct Form {
    struct Option {
        std::string value;
        std::string label;
        bool operator==(const Option&) const = default;
    };
    struct Field {
        std::string name;
        std::string label;             // at most 45 code points (Discord)
        std::string hint;              // at most 100; may be empty
        std::string value;             // now; several choices: separated by line feeds
        std::vector<Option> options;   // empty: free text, else one of them (at most 25)
        bool several = false;          // any number of the options
        std::size_t max_length = 300;  // of free text
        bool operator==(const Field&) const = default;
    };
    std::string name;           // "settings"
    std::string title;          // at most 24 code points (Slack)
    std::vector<Field> fields;  // at most 5 (Discord)
    bool operator==(const Form&) const = default;
};

// Where adapters bring what came in. What is accepted is carried out later, by whoever runs the reception; answers
// leave by the outbox.
class Intake {
public:
    enum class Accepted {
        first,        // kept; it will be carried out, whatever happens to this process
        seen_before,  // it is (or was) being carried out already
        unavailable,  // not kept: the platform is to be asked to try again (503)
    };
    virtual ~Intake() = default;
    // Returns once it is kept, and within 2 s in any case.
    virtual asio::awaitable<Accepted> accept(Incoming incoming) = 0;

    // ---- asked at once, and changing nothing; where the store does not answer in time: nothing ----
    // The form that this opens ("settings", or a button that opens one); nullopt: none, it is to be accepted as usual.
    virtual asio::awaitable<std::optional<Form>> form_for(Incoming incoming) = 0;
    // Names that begin so, for whoever types one: `what` is "topic" or "show". At most 25.
    virtual asio::awaitable<std::vector<std::string>> suggest(Account from, std::string what, std::string typed) = 0;
};

// What a platform can show at once beside messages. Best effort: failures are the adapter's to log, nothing is
// repeated, and nothing may depend on it.
class Frontend {
public:
    virtual ~Frontend() = default;
    // A few words to whoever pressed or typed, seen by them only: "Liked. More on chips from now on."
    virtual asio::awaitable<void> notice(Incoming about, std::string text) = 0;
    // Nothing will be said in answer: whatever waits for one is to be ended.
    virtual asio::awaitable<void> settled(Incoming about) = 0;
    // The person's page of ours (Incoming::Kind::home).
    virtual asio::awaitable<void> show_home(Incoming about, Reply page) = 0;
};

}  // namespace podbrief
