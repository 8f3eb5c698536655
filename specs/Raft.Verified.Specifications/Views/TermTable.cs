using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// A table with one server per term. Elections count terms up from 1, so an array suffices. An exceptionally high term
/// does not make the array huge.
/// </summary>
internal sealed class TermTable
{
    private const int MaxDense = 1 << 16;

    private int[] _dense = [];
    private Dictionary<long, int>? _sparse;

    public ServerId this[Term term]
    {
        get
        {
            if ((ulong)term.Value < (ulong)_dense.Length)
            {
                return new ServerId(_dense[term.Value]);
            }

            return _sparse is not null && _sparse.TryGetValue(term.Value, out int server) ? new ServerId(server) : ServerId.None;
        }

        set
        {
            if ((ulong)term.Value >= MaxDense)
            {
                (_sparse ??= [])[term.Value] = value.Value;
                return;
            }

            if (term.Value >= _dense.Length)
            {
                Array.Resize(ref _dense, (int)Math.Max(16, term.Value * 2));
            }

            _dense[term.Value] = value.Value;
        }
    }
}
