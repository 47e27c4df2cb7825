#pragma once
#include <set>
#include <string>

#include "bot/app.hpp"
#include "core/ports/intake.hpp"

namespace podbrief::bot::bench {

// What the platforms' adapters bring things to while they are measured: either the reception, as always; or an answer
// made at once and shown to nobody, and nothing of it stored. The difference is what keeping costs.
class MeasuredIntake final : public Intake {
public:
    explicit MeasuredIntake(App& app) : app_(app) {}

    // Begins to count anew.
    void keep(bool durably);

    asio::awaitable<Accepted> accept(Incoming incoming) override;
    asio::awaitable<std::optional<Form>> form_for(Incoming incoming) override;
    asio::awaitable<std::vector<std::string>> suggest(Account from, std::string what, std::string typed) override;

    // Of the answers that are made at once.
    std::size_t answers() const { return answers_; }
    std::size_t with_insights() const { return with_insights_; }

private:
    App& app_;
    bool durably_ = false;
    std::set<std::string> seen_;
    std::size_t answers_ = 0;
    std::size_t with_insights_ = 0;
};

}  // namespace podbrief::bot::bench
