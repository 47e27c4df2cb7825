#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/commands/reply_builder.hpp"
#include "core/model/account.hpp"
#include "core/model/reader.hpp"
#include "core/model/reply.hpp"

namespace podbrief::commands {

// The first questions: topics, shows, hour, and the time zone where the platform does not tell it. Pure: what is asked,
// how an answer is understood, what comes next.

struct OnboardingView {
    Reader reader;
    std::vector<std::string> topics;  // of the library, most common first
    std::vector<NamedShow> shows;
    bool ask_zone = false;
};

// The message that asks; what is chosen already shows on its buttons.
Reply question(Onboarding::Step step, const OnboardingView& view);
// The same message once it has been answered.
Reply answered_question(Onboarding::Step step, const OnboardingView& view);
Onboarding::Step step_after(Onboarding::Step step, bool ask_zone);

// What an answer, pressed or typed, comes to.
struct OnboardingAnswer {
    Onboarding::Step step = Onboarding::Step::topics;  // the question that it answers
    Reader reader;                                     // as it is from now on
    bool follow = false;   // of a topic or a show that was pressed: followed from now on, or not any more
    bool goes_on = false;  // that question is answered
    bool ends = false;     // and so are all that would follow
    std::string words;     // to be said about it; may be empty
};
// `choice`: Action::text of a button. `follow`: what pressing it meant when it was first carried out. nullopt: not one
// of these questions.
std::optional<OnboardingAnswer> pressed_answer(std::string_view choice, const OnboardingView& view,
                                               std::optional<bool> follow = std::nullopt);
// nullopt: not an answer, but something else, such as a command.
std::optional<OnboardingAnswer> typed_answer(Onboarding::Step step, std::string_view typed, const OnboardingView& view);

// True: the message holds buttons of that question, open.
bool asks(const Reply& reply, Onboarding::Step step);

Reply welcome(std::string_view name, Reply first_question);
// All is asked: the settings, and when the first brief comes.
Reply onboarding_done(const Reader& reader, const std::vector<NamedShow>& shows, WallTime next_brief);

}  // namespace podbrief::commands
