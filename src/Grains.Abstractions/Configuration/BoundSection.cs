namespace Smcp.Configuration;

/// <summary>Stands among the services for the options that have their section.</summary>
internal sealed class BoundSection<TOptions>
    where TOptions : class;
