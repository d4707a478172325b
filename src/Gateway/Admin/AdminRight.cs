using Smcp.Identity;
using Smcp.Security.Access;

namespace Smcp.Admin;

/// <summary>What a change takes of its caller, in the words of <see cref="AccessRules"/>, which decides.</summary>
/// <param name="Area">One of <see cref="AdminAreas"/>.</param>
/// <param name="Writes">Whether it takes the right to change the area, or to read it.</param>
/// <param name="IsOperators">Whether only operators may.</param>
internal sealed record AdminRight(string Area, bool Writes, bool IsOperators)
{
    /// <summary>Whether users may do it to themselves, without the right: the parameter <c>user</c>.</summary>
    public bool IsUsersOwn { get; init; }

    /// <summary>Whether who may not is told that there is nothing to do it to.</summary>
    public bool IsHidden { get; init; }

    public static AdminRight ToRead(string area) => new(area, Writes: false, IsOperators: false);

    public static AdminRight ToChange(string area) => new(area, Writes: true, IsOperators: false);

    public static AdminRight ToOperate(string area) => new(area, Writes: true, IsOperators: true);

    public AccessDecision Decide(CallContext caller, TenantId tenant) => IsOperators
        ? AccessRules.Operate(caller, tenant, Writes, Area)
        : AccessRules.Administer(caller, tenant, Writes, Area);
}
