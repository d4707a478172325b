using System.Text.Encodings.Web;

namespace Smcp.Pages;

/// <summary>
/// A piece of HTML. It is made by interpolation only, and what stands in a hole is encoded unless it is a piece
/// itself: so no text of anybody's becomes markup.
/// </summary>
internal readonly struct Html(string? text)
{
    private readonly string? _text = text;

    public static Html Empty { get; } = new(string.Empty);

    public static Html Of(ref HtmlHandler handler) => new(handler.ToStringAndClear());

    /// <summary>The pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.ToString())));

    /// <summary>A text as it is to be read.</summary>
    public static Html Text(string text) => new(HtmlEncoder.Default.Encode(text));

    /// <inheritdoc/>
    public override string ToString() => _text ?? string.Empty;
}
