namespace Smcp.Servers.Deploying.Settings;

/// <summary>The section <c>virtual</c>.</summary>
internal static class VirtualSection
{
    private const int MembersMax = 64;
    private const int FiltersMax = 256;
    private const int FilterLengthMax = 1_024;
    private const int ItemsMax = 256;
    private const int NameLengthMax = 256;
    private const int TextLengthMax = 16_384;

    public static VirtualSettings Read(SettingsPart part)
    {
        var members = part.Parts("members", MembersMax);
        if (members.Count == 0)
        {
            part.Note("members", "names no server");
        }

        var settings = new VirtualSettings
        {
            Members = [.. members.Select(Member)],
            Instructions = part.Text("instructions", TextLengthMax),
        };
        NoteClashes(part, settings.Members);
        part.End();
        return settings;
    }

    /// <summary>Two members must not mean the same name: nobody could see which of them is called.</summary>
    private static void NoteClashes(SettingsPart part, IReadOnlyList<VirtualMember> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (members.Where((other, j) => j != i && Clash(other.Prefix, members[i].Prefix, j < i)).Any())
            {
                part.Note("members", i, "has a prefix that names of another member may have");
            }
        }

        foreach (var items in new[] { members.Select(m => m.ToolItems), members.Select(m => m.PromptItems) })
        {
            if (items.Any(own => own.DistinctBy(item => item.Name).Count() < own.Count)
                || items.SelectMany(own => own).Where(item => item.As is not null)
                    .GroupBy(item => item.As).Any(same => same.Count() > 1))
            {
                part.Note("members", "name the same thing twice");
            }
        }
    }

    private static bool Clash(string one, string other, bool isBefore) =>
        (one == other && isBefore) || (one.Length > 0 && other.StartsWith(one + "_", StringComparison.Ordinal));

    private static VirtualMember Member(SettingsPart part)
    {
        var text = part.Text("server", lengthMax: 63, isRequired: true) ?? string.Empty;
        if (!ServerId.TryParse(text, null, out var server) && text.Length > 0)
        {
            part.Note("server", "is no id of a server");
        }

        var member = new VirtualMember
        {
            Server = server,
            Prefix = part.Text("prefix", lengthMax: 64) ?? string.Empty,
            Tools = Filter(part, "tools"),
            Prompts = Filter(part, "prompts"),
            Resources = Filter(part, "resources"),
            ToolItems = [.. part.Parts("toolItems", ItemsMax).Select(Item)],
            PromptItems = [.. part.Parts("promptItems", ItemsMax).Select(Item)],
        };
        part.End();
        return member;
    }

    private static IReadOnlyList<string> Filter(SettingsPart part, string name) =>
        part.Has(name) ? part.Texts(name, FiltersMax, FilterLengthMax) : ["*"];

    private static VirtualItem Item(SettingsPart part)
    {
        var item = new VirtualItem
        {
            Name = part.Text("name", NameLengthMax, isRequired: true) ?? string.Empty,
            As = part.Text("as", NameLengthMax),
            Title = part.Text("title", TextLengthMax),
            Description = part.Text("description", TextLengthMax),
            Arguments = part.Raw("arguments"),
        };
        part.End();
        return item;
    }
}
