using System.Text;

namespace Smcp.Servers;

/// <summary>FNV-1a: the same on every node and in every version.</summary>
internal static class StableHash
{
    private const uint Basis = 2_166_136_261;
    private const uint Prime = 16_777_619;

    public static uint Of(string text)
    {
        var hash = Basis;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }
}
