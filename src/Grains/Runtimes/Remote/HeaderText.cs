using System.Text;
using Smcp.Security.Secrets;

namespace Smcp.Runtimes.Remote;

/// <summary>The text of a header, in which <c>${NAME}</c> stands for the secret of that name.</summary>
/// <param name="Texts">What stands before, between and behind the secrets.</param>
/// <param name="Secrets">Their names, in order; one less than the texts.</param>
internal sealed record HeaderText(IReadOnlyList<string> Texts, IReadOnlyList<string> Secrets)
{
    private const string Begin = "${";

    /// <summary>A text that is one secret.</summary>
    public static HeaderText Of(string secret) => new([string.Empty, string.Empty], [secret]);

    /// <summary>Null where it has a placeholder that names no secret, or what no header can hold.</summary>
    public static HeaderText? Parse(string text)
    {
        if (!text.All(c => c is '\t' or (>= ' ' and <= '~')))
        {
            return null;
        }

        var texts = new List<string>();
        var secrets = new List<string>();
        var at = 0;
        while (text.IndexOf(Begin, at, StringComparison.Ordinal) is >= 0 and var begin)
        {
            var end = text.IndexOf('}', begin);
            if (end < 0 || !SecretName.IsValid(text[(begin + Begin.Length)..end]))
            {
                return null;
            }

            texts.Add(text[at..begin]);
            secrets.Add(text[(begin + Begin.Length)..end]);
            at = end + 1;
        }

        texts.Add(text[at..]);
        return new HeaderText(texts, secrets);
    }

    /// <summary>The text with the secrets in it, in their order.</summary>
    public string With(IReadOnlyList<string> secrets)
    {
        var output = new StringBuilder(Texts[0]);
        for (var i = 0; i < secrets.Count; i++)
        {
            output.Append(secrets[i]).Append(Texts[i + 1]);
        }

        return output.ToString();
    }
}
