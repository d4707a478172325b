using System.Globalization;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>What clients may call themselves: people read it beside our own words.</summary>
internal static class ClientNames
{
    /// <summary>Whether nothing in it may hide, or turn the text around it.</summary>
    public static bool IsPlain(string name, int lengthMax) => name.Length <= lengthMax && name.All(IsSeen);

    private static bool IsSeen(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
