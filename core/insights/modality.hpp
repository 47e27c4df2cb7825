#pragma once
#include <string_view>

#include "core/model/insight.hpp"

namespace podbrief::insights {

// alleged: the words say so themselves ("allegedly", "accused of"); argued: an opinion is attributed or a norm is set
// ("should", "must"); said otherwise. `attributed`: the text carries "<speaker> thinks".
Modality modality_of(std::string_view text, bool attributed);

}  // namespace podbrief::insights
