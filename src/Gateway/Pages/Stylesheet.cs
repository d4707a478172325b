using System.Buffers.Text;
using System.Security.Cryptography;

namespace Smcp.Pages;

/// <summary>The one stylesheet of all pages; its path has its hash, so a browser may keep it for ever.</summary>
internal sealed class Stylesheet
{
    private const string Resource = "Smcp.Pages.pages.css";

    public Stylesheet()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        Content = copy.ToArray();
        Path = $"/assets/{Base64Url.EncodeToString(SHA256.HashData(Content))[..16]}.css";
    }

    public byte[] Content { get; }

    public string Path { get; }
}
