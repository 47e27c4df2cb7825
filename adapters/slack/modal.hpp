#pragma once
#include <string>

#include "core/model/incoming.hpp"
#include "core/ports/intake.hpp"

namespace podbrief::slack {

// The view of a form, for views.open, as JSON; what is sent comes back with callback_id "form:<name>". `asked`: who
// opened it and where, so that the answer goes there.
std::string modal_view(const Form& form, const Incoming& asked);

// The view of somebody's App Home, for views.publish.
std::string home_view(const Reply& page);

// What is offered while somebody types a name: choosing one says `more on <name>`.
std::string suggestions_json(const std::vector<std::string>& names);

}  // namespace podbrief::slack
