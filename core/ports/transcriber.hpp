#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/language_model.hpp"

namespace podbrief {

namespace asio = boost::asio;

// What was heard between two moments of a clip, and how sure whoever listened was, as far as that was told.
struct HeardSegment {
    Millis start{};  // from the beginning of the clip
    Millis end{};    // >= start
    std::string text;
    std::string speaker;                      // "A", "B": only who changes; empty: not told
    std::optional<double> avg_logprob;        // of the words: 0 is certain, below -1 unreliable
    std::optional<double> no_speech_prob;     // 0..1
    std::optional<double> compression_ratio;  // of the text: above 2.4 it goes round in circles
    bool operator==(const HeardSegment&) const = default;
};

struct TranscriptionRequest {
    std::string audio;       // the bytes of a file
    std::string file_name;   // with its extension, which tells servers what it is
    std::string media_type;  // "audio/flac"
    Millis length{};         // of the clip
    std::string language;    // ISO 639-1; empty: to be found out
    std::string prompt;      // names, and what was said just before; empty: none
    Millis deadline{900'000};
};

struct HeardClip {
    std::vector<HeardSegment> segments;  // in order
    std::string language;                // as the server says it: "english", "en"; may be empty
    bool timed = false;                  // false: the server tells no times; one segment over the whole clip
    Millis billed{};                     // as the server says it, else the clip's length
};

// Why nothing was heard is of the same kinds as with models that write; all failures are told in `detail`.
using TranscriptionResult = boost::system::result<HeardClip, ChatFailure>;

// Speech to text. One call is one exchange, unless the implementation says that it repeats. Cancellation: throws
// operation_aborted.
class Transcriber {
public:
    virtual ~Transcriber() = default;
    virtual asio::awaitable<TranscriptionResult> transcribe(TranscriptionRequest request) = 0;
    virtual std::string name() const = 0;  // "openai whisper-1": for people and for the accounts
};

}  // namespace podbrief
