#include "tests/contract/messenger_contract.hpp"
#include "tests/doubles/model/discord_messenger.hpp"
#include "tests/doubles/model/slack_messenger.hpp"
#include "tests/doubles/model/telegram_messenger.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::contract {
namespace {

using podbrief::testing::ManualClock;
using podbrief::testing::PlatformModel;
using podbrief::testing::Trouble;

template <class Model>
class World {
public:
    explicit World(Destination chat) : chat_(std::move(chat)) { model_.add_chat(chat_.workspace, chat_.chat); }
    asio::io_context& context() { return context_; }
    PlatformModel& model() { return model_; }
    Trouble& trouble() { return trouble_; }
    Destination chat() { return chat_; }
    WallTime now() { return clock_.wall_now(); }
    void pass_time() { clock_.advance_to_next(); }
    void pass(Millis time) { clock_.advance(time); }

protected:
    podbrief::testing::Line line() { return {clock_, clock_, trouble_, {}}; }
    Model model_;

private:
    asio::io_context context_{1};
    ManualClock clock_;
    Random random_{7};
    Trouble trouble_{random_};
    Destination chat_;
};

class SlackWorld : public World<podbrief::testing::SlackModel> {
public:
    SlackWorld() : World({"slack", "T1", "C1", ""}) {}
    Messenger& messenger() { return messenger_; }

private:
    podbrief::testing::SlackMessenger messenger_{model_, line()};
};

class DiscordWorld : public World<podbrief::testing::DiscordModel> {
public:
    DiscordWorld() : World({"discord", "100", "200", ""}) {}
    Messenger& messenger() { return messenger_; }

private:
    podbrief::testing::DiscordMessenger messenger_{model_, line()};
};

template <podbrief::testing::TelegramMessenger::Mode mode>
class TelegramWorld : public World<podbrief::testing::TelegramModel> {
public:
    TelegramWorld() : World({"telegram", "", "42", ""}) {}
    Messenger& messenger() { return messenger_; }

private:
    podbrief::testing::TelegramMessenger messenger_{model_, line(), mode};
};

using Mode = podbrief::testing::TelegramMessenger::Mode;
using Worlds = ::testing::Types<SlackWorld, DiscordWorld, TelegramWorld<Mode::strict>, TelegramWorld<Mode::fast>>;

struct Names {
    template <class T>
    static std::string GetName(int index) {
        static constexpr const char* names[] = {"Slack", "Discord", "TelegramStrict", "TelegramFast"};
        return names[index];
    }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Models, MessengerContract, Worlds, Names);

}  // namespace
}  // namespace podbrief::contract
