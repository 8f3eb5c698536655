using System.Runtime.InteropServices;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The new states that one thread of the search has found. This type judges them, counts them, and writes them in
/// blocks to the next level.
/// </summary>
internal sealed class NewStates(Search search, StateAtHand state, Candidates candidates)
{
    private const int BlockBytes = 1 << 15;
    private readonly List<Origin> _origins = [];
    private byte[] _out = new byte[BlockBytes * 2];
    private int _length;
    private int[] _sorted = new int[64];
    private int _new;
    private int _countFrom = 1;

    /// <summary>True when the states that wait to be written fill a block.</summary>
    public bool FillBlock => _length > BlockBytes;

    /// <summary>Keeps the candidates that no thread has found before.</summary>
    public void KeepNew()
    {
        foreach (ref Candidate candidate in candidates.Made)
        {
            if (search.Table.Add(candidate.Print))
            {
                _new++;
                Keep(in candidate);
            }
        }

        if (_new >= _countFrom)
        {
            CountNew();
        }
    }

    /// <summary>Adds the states that are not counted yet to the count of the search.</summary>
    public void CountNew()
    {
        search.Count(_new);
        _new = 0;
        _countFrom = search.CountFrom;
    }

    /// <summary>Writes the waiting states to a level.</summary>
    public void Flush(FrontierLevel level)
    {
        if (_origins.Count > 0)
        {
            long first = search.Origins.Add(CollectionsMarshal.AsSpan(_origins));
            level.Add(_out.AsSpan(0, _length), _origins.Count, first);
            _origins.Clear();
            _length = 0;
        }
    }

    private void Keep(in Candidate candidate)
    {
        int[] locals = state.Locals;
        int before = locals[candidate.Server];
        locals[candidate.Server] = candidate.Local;
        (string Property, string Message)? violation = search.JudgesNothing ? null : Judge(in candidate);
        int count = Merge(in candidate);
        search.Visit(locals, in candidate, _sorted.AsSpan(0, count));
        Write(in candidate, count);
        locals[candidate.Server] = before;
        _origins.Add(new Origin(state.Number, candidate.Input));
        if (violation is { } found)
        {
            search.Violate(found.Property, found.Message, state.Number, ModelInput.Unpack(candidate.Input));
        }
    }

    private (string Property, string Message)? Judge(in Candidate candidate)
    {
        ClusterProperties properties = search.Properties;
        (string Property, string Message)? violation = candidate.Elected == state.Elected ? null : properties.ElectionSafety(candidate.Elected);
        return violation ?? properties.NamedLeaderHasLed(search.Cluster.Local(candidate.Local), candidate.Elected)
            ?? properties.Check(state.Locals, candidate.Server, candidate.Committed) ?? OneVotePerTerm(in candidate);
    }

    private (string, string)? OneVotePerTerm(in Candidate candidate)
    {
        CoreCluster cluster = search.Cluster;
        ReadOnlySpan<int> sent = candidates.AddedBy(in candidate);
        for (int i = 0; i < sent.Length; i++)
        {
            MessageInfo added = cluster.Message(sent[i]);
            if (added.VoteFor == 0)
            {
                continue;
            }

            foreach (int message in state.Messages)
            {
                if (ClusterProperties.OneVotePerTerm(added, cluster.Message(message)) is { } broken)
                {
                    return broken;
                }
            }

            foreach (int message in sent[..i])
            {
                if (ClusterProperties.OneVotePerTerm(added, cluster.Message(message)) is { } broken)
                {
                    return broken;
                }
            }
        }

        return null;
    }

    // Sorts the candidate's messages into _sorted, and returns their number.
    private int Merge(in Candidate candidate)
    {
        List<int> messages = state.Messages;
        int most = messages.Count + candidate.Added;
        if (_sorted.Length < most)
        {
            _sorted = new int[most * 2];
        }

        int[] sorted = _sorted;
        int count = 0;
        if (candidate.Removed == 0)
        {
            messages.CopyTo(sorted);
            count = messages.Count;
        }
        else
        {
            ReadOnlySpan<int> left = candidates.RemovedBy(in candidate);
            int removed = 0;
            foreach (int message in messages)
            {
                if (removed < left.Length && left[removed] == message)
                {
                    removed++;
                    continue;
                }

                sorted[count++] = message;
            }
        }

        foreach (int message in candidates.AddedBy(in candidate))
        {
            int at = count++;
            for (; at > 0 && sorted[at - 1] > message; at--)
            {
                sorted[at] = sorted[at - 1];
            }

            sorted[at] = message;
        }

        return count;
    }

    // The counterpart of StateAtHand.Load.
    private void Write(in Candidate candidate, int count)
    {
        int most = (state.Locals.Length + 5 + count) * 10;
        if (_out.Length - _length < most)
        {
            Array.Resize(ref _out, (_out.Length * 2) + most);
        }

        foreach (int local in state.Locals)
        {
            StateCode.Write(_out, ref _length, (uint)local);
        }

        StateCode.Write(_out, ref _length, candidate.Elected);
        StateCode.Write(_out, ref _length, (uint)candidate.Committed);
        StateCode.Write(_out, ref _length, (uint)candidate.Served);
        StateCode.Write(_out, ref _length, (uint)candidate.Budget);
        StateCode.Write(_out, ref _length, (uint)count);
        int last = -1;
        for (int i = 0; i < count; i++)
        {
            StateCode.Write(_out, ref _length, (uint)(_sorted[i] - last - 1));
            last = _sorted[i];
        }
    }
}
