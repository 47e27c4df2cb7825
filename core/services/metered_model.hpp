#pragma once
#include <string>

#include "core/ports/language_model.hpp"
#include "core/ports/random.hpp"
#include "core/services/cost_meter.hpp"

namespace podbrief::services {

// A model that is asked again where that helps, within the request's deadline, and whose every exchange goes through
// the meter first. Overload, rate limits and lost connections: twice more at most, after what the server asked for or
// a doubling wait. A refused form: as long as the model has another one.
class MeteredModel final : public LanguageModel {
public:
    struct Ports {
        LanguageModel& model;
        CostMeter& meter;
        Clock& clock;
        Random& random;
        Metrics& metrics;
    };
    struct Settings {
        TokenPrices prices;
        int retries = 2;
        Millis longest_wait{120'000};  // that a server may ask for; beyond, the call fails
        Millis longest_exchange{120'000};
        Millis least_exchange{2'000};  // with less time left none is begun
    };
    MeteredModel(Ports ports, Settings settings) : ports_(ports), settings_(settings) {}

    // `usage` of the answer is that of all exchanges together; so is that of a failure.
    asio::awaitable<ChatResult> chat(ChatRequest request) override;
    std::string name() const override { return ports_.model.name(); }

private:
    asio::awaitable<ChatResult> exchange(ChatRequest request);
    Millis wait_before(const ChatFailure& failure, int retries) const;

    Ports ports_;
    Settings settings_;
};

// The most that one exchange can use, whatever the model: no tokenizer makes more tokens than there are bytes.
TokenUsage most_usage(const ChatRequest& request);

}  // namespace podbrief::services
