// The first questions in a conversation. What is asked and how answers are understood: core/commands/onboarding.hpp.
#include <algorithm>
#include <charconv>

#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"
#include "core/commands/reply_places.hpp"
#include "core/delivery/payload.hpp"
#include "core/services/reception_parts.hpp"

namespace podbrief::services {

using Step = Onboarding::Step;

namespace {

asio::awaitable<commands::OnboardingView> view_of(Counter& counter, const Visit& visit) {
    commands::OnboardingView view;
    view.reader = visit.reader;
    view.topics = co_await counter.topics.common();
    view.shows = co_await all_shows(counter);
    view.ask_zone = visit.incoming().time_zone.empty() && visit.reader.time_zone == "UTC";
    co_return view;
}

asio::awaitable<void> ask(Counter& counter, Visit& visit, Step step, Reply message) {
    Onboarding onboarding;
    onboarding.reader = visit.reader.id;
    onboarding.step = step;
    onboarding.message_ref = visit.key;
    co_await answer(counter, visit, std::move(message));
    co_await counter.ports.accounts.save(std::move(onboarding));
}

// What a deep link was about is followed to begin with. False: it was about nothing that we know.
asio::awaitable<bool> preselect(Counter& counter, Visit& visit, std::string payload) {
    const std::vector<std::string> topics = co_await topics_of_door(counter, std::move(payload));
    if (topics.empty()) co_return false;
    for (const std::string& topic : topics) briefs::follow_topic(visit.reader.profile, topic);
    co_await counter.ports.readers.save(visit.reader);
    co_return true;
}

// The message of the question that is open; nullopt: not sent yet, or not known any more.
asio::awaitable<std::optional<Delivery>> question_message(Counter& counter, const Visit& visit, std::string key) {
    std::optional<Delivery> shown = co_await pressed_message(counter, visit);
    if (shown || key.empty()) co_return shown;
    std::optional<Delivery> sent = co_await counter.ports.outbox.delivery_with(std::move(key));
    if (!sent || sent->state != DeliveryState::sent || sent->message_ref.empty()) co_return std::nullopt;
    co_return sent;
}

asio::awaitable<void> finish(Counter& counter, Visit& visit) {
    DestinationRecord destination;
    destination.reader = visit.reader.id;
    destination.address = place_of(visit.incoming());
    co_await counter.ports.outbox.add_destination(std::move(destination), visit.now);
    visit.schedule_changed = true;
    const std::vector<commands::NamedShow> shows = co_await all_shows(counter);
    const WallTime next = briefs::next_brief_at(visit.reader, visit.now);
    co_await answer(counter, visit, commands::onboarding_done(visit.reader, shows, next));
    Onboarding done;
    done.reader = visit.reader.id;
    done.step = Step::done;
    co_await counter.ports.accounts.save(std::move(done));
}

// The question in its message; what stands before it there (a welcome) stays.
Reply in_its_place(const Delivery& shown, Reply question) {
    std::optional<Reply> message = delivery::thaw(shown.payload);
    if (!message || question.blocks.empty()) return question;
    const auto begin = std::find(message->blocks.begin(), message->blocks.end(), question.blocks.front());
    message->blocks.erase(begin, message->blocks.end());
    for (ReplyBlock& block : question.blocks) message->blocks.push_back(std::move(block));
    return std::move(*message);
}

// Shows in the message of the question what was chosen, and asks the next one.
asio::awaitable<void> take(Counter& counter, Visit& visit, commands::OnboardingAnswer given, Onboarding asked) {
    visit.reader = std::move(given.reader);
    visit.reader = co_await counter.ports.readers.save(visit.reader);
    visit.schedule_changed = true;
    commands::OnboardingView view = co_await view_of(counter, visit);
    const bool is_open = asked.step == given.step;
    const bool is_answered = given.goes_on || !is_open;
    const std::string open_key = is_open ? asked.message_ref : std::string();
    const std::optional<Delivery> shown = co_await question_message(counter, visit, open_key);
    if (shown) {
        Reply now = is_answered ? commands::answered_question(given.step, view) : commands::question(given.step, view);
        edit(counter, visit, *shown, in_its_place(*shown, std::move(now)));
    }
    if (!given.words.empty()) visit.notice = given.words;
    if (!given.goes_on || !is_open) co_return;
    const Step next = given.ends ? Step::done : commands::step_after(given.step, view.ask_zone);
    if (next == Step::done) {
        co_await finish(counter, visit);
        co_return;
    }
    Reply message = commands::question(next, view);
    if (!given.words.empty()) {
        message.blocks.insert(message.blocks.begin(), Paragraph{given.words});
        visit.notice.clear();
    }
    co_await ask(counter, visit, next, std::move(message));
}

// What is kept of an answer before anything is done about it: "answers topics 1 KEY". Begun again, it is to the
// question it was given to, and means what it meant.
constexpr std::string_view answers_mark = "answers ";

struct Remembered {
    Step step = Step::topics;
    bool follow = false;
    std::string question;  // key
};

std::optional<Remembered> remembered(const Visit& visit) {
    const std::string decided = decided_before(visit).value_or("");
    if (!decided.starts_with(answers_mark)) return std::nullopt;
    const std::string rest = decided.substr(answers_mark.size());
    const auto blank = rest.find(' ');
    const auto step = onboarding_step_from(rest.substr(0, blank));
    if (!step || blank == std::string::npos || rest.size() < blank + 3) return std::nullopt;
    Remembered found;
    found.step = *step;
    found.follow = rest[blank + 1] == '1';
    found.question = rest.substr(blank + 3);
    return found;
}

asio::awaitable<void> remember(Counter& counter, Visit& visit, const Onboarding& asked, bool follow) {
    const std::string text =
        std::string(answers_mark) + std::string(to_string(asked.step)) + (follow ? " 1 " : " 0 ") + asked.message_ref;
    co_await decide(counter, visit, text);
}

// The question that is open, or was when this was first begun.
asio::awaitable<std::optional<Onboarding>> open_question(Counter& counter, const Visit& visit) {
    if (const auto before = remembered(visit)) {
        Onboarding asked;
        asked.reader = visit.reader.id;
        asked.step = before->step;
        asked.message_ref = before->question;
        co_return asked;
    }
    std::optional<Onboarding> asked = co_await counter.ports.accounts.onboarding(visit.reader.id);
    if (!asked || asked->step == Step::done) co_return std::nullopt;
    co_return asked;
}

}  // namespace

asio::awaitable<void> begin_onboarding(Counter& counter, Visit& visit, std::string payload) {
    const std::optional<Onboarding> asked = co_await counter.ports.accounts.onboarding(visit.reader.id);
    const bool told_zone = !visit.incoming().time_zone.empty() && briefs::valid_zone(visit.incoming().time_zone);
    if (told_zone && visit.reader.time_zone == "UTC") {
        visit.reader.time_zone = visit.incoming().time_zone;
        visit.reader = co_await counter.ports.readers.save(visit.reader);
    }
    const bool came_for_topics = co_await preselect(counter, visit, std::move(payload));
    const commands::OnboardingView view = co_await view_of(counter, visit);
    // Who comes back by the page of an insight sees its topics chosen, whatever they were asked last.
    const bool going_on = asked && asked->step != Step::done && asked->message_ref != visit.key && !came_for_topics;
    const Step step = going_on ? asked->step : Step::topics;
    Reply message = commands::question(step, view);
    if (!going_on) message = commands::welcome(visit.incoming().name, std::move(message));
    co_await ask(counter, visit, step, std::move(message));
}

asio::awaitable<bool> answered_by_typing(Counter& counter, Visit& visit, std::string typed) {
    std::optional<Onboarding> open = co_await open_question(counter, visit);
    if (!open) co_return false;
    const commands::OnboardingView view = co_await view_of(counter, visit);
    std::optional<commands::OnboardingAnswer> given = commands::typed_answer(open->step, typed, view);
    if (!given) co_return false;
    if (!given->goes_on) {  // it was meant as one, and cannot be understood
        Reply words;
        words.blocks.emplace_back(Paragraph{given->words});
        co_await answer(counter, visit, std::move(words));
        co_return true;
    }
    co_await remember(counter, visit, *open, false);
    co_await take(counter, visit, std::move(*given), std::move(*open));
    co_return true;
}

asio::awaitable<bool> answered_by_pressing(Counter& counter, Visit& visit, std::string choice) {
    if (!visit.incoming().direct) co_return false;
    std::optional<Onboarding> open = co_await open_question(counter, visit);
    if (!open) co_return false;
    const commands::OnboardingView view = co_await view_of(counter, visit);
    const std::optional<Remembered> before = remembered(visit);
    std::optional<bool> follow;
    if (before) follow = before->follow;
    std::optional<commands::OnboardingAnswer> given = commands::pressed_answer(choice, view, follow);
    if (!given) co_return false;
    if (!before) co_await remember(counter, visit, *open, given->follow);
    co_await take(counter, visit, std::move(*given), std::move(*open));
    co_return true;
}

}  // namespace podbrief::services
