using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Smcp.Pages;

/// <summary>Makes <see cref="Html"/> of an interpolated string: the literals are markup, the holes are text.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(Html value) => _text.Append(value.ToString());

    public void AppendFormatted(IEnumerable<Html> value) => _text.Append(Html.Join(value).ToString());

    public void AppendFormatted(string? value) => _text.Append(HtmlEncoder.Default.Encode(value ?? string.Empty));

    public void AppendFormatted(int value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    public string ToStringAndClear() => _text.ToString();
}
