namespace Smcp.Engine.Calls;

/// <summary>
/// Calls in the order of their deadlines, linked through themselves: adding and removing allocates nothing.
/// </summary>
internal sealed class PendingList
{
    private readonly Lock _gate = new();
    private GrainCall? _first;
    private GrainCall? _last;

    public void Append(GrainCall call)
    {
        lock (_gate)
        {
            call.Link.IsIn = true;
            call.Link.Previous = _last;
            if (_last is null)
            {
                _first = call;
            }
            else
            {
                _last.Link.Next = call;
            }

            _last = call;
        }
    }

    public void Remove(GrainCall call)
    {
        lock (_gate)
        {
            if (call.Link.IsIn)
            {
                Unlink(call);
            }
        }
    }

    public GrainCall? TakeExpired(long now)
    {
        lock (_gate)
        {
            if (_first is not { } call || call.Link.Deadline > now)
            {
                return null;
            }

            Unlink(call);
            return call;
        }
    }

    private void Unlink(GrainCall call)
    {
        ref var link = ref call.Link;
        if (link.Previous is null)
        {
            _first = link.Next;
        }
        else
        {
            link.Previous.Link.Next = link.Next;
        }

        if (link.Next is null)
        {
            _last = link.Previous;
        }
        else
        {
            link.Next.Link.Previous = link.Previous;
        }

        link.Previous = null;
        link.Next = null;
        link.IsIn = false;
    }
}
