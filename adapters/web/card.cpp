// Drawn with cairo, set with pango (both LGPL, linked dynamically).
#include "adapters/web/card.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "core/text/unicode.hpp"

namespace podbrief::web {
namespace {

constexpr int margin = 80;
constexpr int claim_top = 150;
constexpr int claim_height = 310;
constexpr int claim_width = card_width - 2 * margin;
constexpr int largest = 60, smallest = 30, step = 3;  // pixels
constexpr std::size_t longest_claim = 600;            // code points; more would not fit at any size
constexpr std::size_t longest_line = 200;

struct Colour {
    double red, green, blue;
};
constexpr Colour paper{0.984, 0.976, 0.957}, ink{0.114, 0.11, 0.102}, soft{0.357, 0.341, 0.314},
    accent{0.114, 0.361, 0.29};

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* value) const {
        Free(value);
    }
};
using Surface = std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Freed<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Freed<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>>;

void use(cairo_t* context, Colour colour) {
    cairo_set_source_rgb(context, colour.red, colour.green, colour.blue);
}

void set_font(PangoLayout* layout, const char* family, int pixels, PangoWeight weight) {
    const Font font(pango_font_description_new());
    pango_font_description_set_family(font.get(), family);
    pango_font_description_set_weight(font.get(), weight);
    pango_font_description_set_absolute_size(font.get(), static_cast<double>(pixels) * PANGO_SCALE);
    pango_layout_set_font_description(layout, font.get());
}

Layout layout_of(cairo_t* context, const std::string& text, int width) {
    Layout layout(pango_cairo_create_layout(context));
    // Never as markup.
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_set_width(layout.get(), width * PANGO_SCALE);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(layout.get(), TRUE);
    return layout;
}

constexpr const char* serif = "Georgia, Noto Serif, DejaVu Serif, serif";
constexpr const char* sans = "Noto Sans, DejaVu Sans, sans-serif";

int height_of(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_pixel_size(layout, nullptr, &height);
    return height;
}

// One space for any white space, so that no text is taller than its words.
std::string one_line(const std::string& text, std::size_t most) {
    return text::shortened(text::collapse_white_space(text::to_valid_utf8(text)), most);
}

struct SetClaim {
    Layout layout;
    ClaimFit fit;
};

SetClaim set_claim(cairo_t* context, const std::string& claim) {
    std::string text = one_line(claim, longest_claim);
    SetClaim set;
    const auto try_with = [&](int size) {
        set.layout = layout_of(context, text, claim_width);
        set_font(set.layout.get(), serif, size, PANGO_WEIGHT_SEMIBOLD);
        pango_layout_set_line_spacing(set.layout.get(), 1.12F);
        set.fit.font_size = size;
        set.fit.height = height_of(set.layout.get());
        return set.fit.height <= claim_height;
    };
    for (int size = largest; size >= smallest; size -= step) {
        if (try_with(size)) return set;
    }
    // Cut between words until it fits; halving, then the most that does.
    const std::string whole = text;
    std::size_t fits = 0, too_long = text::code_point_count(whole);
    while (fits + 1 < too_long) {
        const std::size_t middle = (fits + too_long) / 2;
        text = text::shortened(whole, middle);
        (try_with(smallest) ? fits : too_long) = middle;
    }
    text = fits == 0 ? std::string("\u2026") : text::shortened(whole, fits);
    try_with(smallest);
    set.fit.cut = true;
    return set;
}

void draw_line(cairo_t* context, const std::string& text, int top, int pixels, PangoWeight weight, Colour colour) {
    const Layout layout = layout_of(context, one_line(text, longest_line), claim_width);
    set_font(layout.get(), sans, pixels, weight);
    pango_layout_set_height(layout.get(), -1);  // one line
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    use(context, colour);
    cairo_move_to(context, margin, top);
    pango_cairo_show_layout(context, layout.get());
}

cairo_status_t add_to(void* out, const unsigned char* bytes, unsigned int size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

struct Canvas {
    Surface surface{cairo_image_surface_create(CAIRO_FORMAT_RGB24, card_width, card_height)};
    Context context{cairo_create(surface.get())};
};

}  // namespace

ClaimFit fit_of(const std::string& claim) {
    const Canvas canvas;
    return set_claim(canvas.context.get(), claim).fit;
}

std::string draw_card(const CardText& text) {
    const Canvas canvas;
    cairo_t* context = canvas.context.get();
    use(context, paper);
    cairo_paint(context);
    use(context, accent);
    cairo_rectangle(context, 0, 0, 18, card_height);
    cairo_fill(context);
    draw_line(context, "podbrief", 62, 34, PANGO_WEIGHT_BOLD, accent);

    const SetClaim claim = set_claim(context, text.claim);
    use(context, ink);
    cairo_move_to(context, margin, claim_top);
    pango_cairo_show_layout(context, claim.layout.get());

    draw_line(context, text.who, 496, 30, PANGO_WEIGHT_SEMIBOLD, ink);
    draw_line(context, text.below, 544, 26, PANGO_WEIGHT_NORMAL, soft);

    std::string png;
    const cairo_status_t drawn = cairo_status(context);
    const cairo_status_t written = cairo_surface_write_to_png_stream(canvas.surface.get(), add_to, &png);
    if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS) {
        const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
        throw std::runtime_error(std::string("the preview picture: ") + cairo_status_to_string(status));
    }
    return png;
}

}  // namespace podbrief::web
