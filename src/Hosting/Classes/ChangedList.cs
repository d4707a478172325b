namespace Smcp.Hosting.Classes;

/// <summary>A list that clients hold a copy of.</summary>
internal enum ChangedList
{
    Tools,
    Prompts,
    Resources,
}
