namespace Smcp.Jailer.Launching;

/// <summary>The numbers of bubblewrap's own descriptors, behind those that the program gets.</summary>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Seccomp">The filter.</param>
/// <param name="Block">It waits here until the jail's bounds stand.</param>
/// <param name="Sync">The other end of that, which it holds itself: so the jailer's end is no sign to begin.</param>
/// <param name="Status">It says here which process it started; the end of it is the end of bubblewrap.</param>
internal readonly record struct BwrapDescriptors(int Arguments, int Seccomp, int Block, int Sync, int Status)
{
    public static BwrapDescriptors From(int first) => new(first, first + 1, first + 2, first + 3, first + 4);
}
