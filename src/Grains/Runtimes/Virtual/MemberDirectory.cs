namespace Smcp.Runtimes.Virtual;

/// <summary>The members, and whose a name is.</summary>
internal sealed class MemberDirectory(IReadOnlyList<Member> members)
{
    public IReadOnlyList<Member> All => members;

    /// <summary>
    /// The member that a name stands for, and the name there: the one that claims most of it, and of two the first.
    /// </summary>
    public (Member Member, string Name)? Find(VirtualKind kind, string shown)
    {
        (Member Member, string Name)? found = null;
        var claimed = -1;
        foreach (var member in members)
        {
            var names = member.View.Names(kind);
            var claim = names.Claim(shown);
            if (claim > claimed && names.Find(shown) is { } name)
            {
                (found, claimed) = ((member, name), claim);
            }
        }

        return found;
    }
}
