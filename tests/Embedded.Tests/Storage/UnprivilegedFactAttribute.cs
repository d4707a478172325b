namespace Smcp.Storage;

/// <summary>A test of permissions, which do not bind root.</summary>
internal sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute() =>
        Skip = Environment.IsPrivilegedProcess ? "permissions do not bind root" : null;
}
