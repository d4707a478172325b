namespace Smcp.Admin;

/// <summary>One kind of thing that is administered, and what can be done to it.</summary>
internal interface IAdminResource
{
    IEnumerable<AdminRoute> Routes { get; }
}
