#include "core/commands/setting_verbs.hpp"

namespace podbrief::commands {

bool changes_settings(Verb verb) {
    switch (verb) {
        case Verb::follow:
        case Verb::unfollow:
        case Verb::mute:
        case Verb::weigh:
        case Verb::watch:
        case Verb::unwatch:
        case Verb::add:
        case Verb::set_time:
        case Verb::set_zone:
        case Verb::set_cadence:
        case Verb::set_quiet:
        case Verb::pause:
        case Verb::resume:
            return true;
        default:
            return false;
    }
}

}  // namespace podbrief::commands
