using System.Runtime.InteropServices;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// A state of the whole cluster as numbers: each server's local state; who was elected, what was committed, which reads the last step served (history); what
/// is left of the budget; and all messages ever sent, sorted.
/// </summary>
internal readonly struct ClusterState(int[] numbers, int servers)
{
    public int[] Numbers { get; } = numbers;

    /// <summary>How many numbers stand in front of the messages.</summary>
    public static int HeadLength(int servers) => servers + 5;

    public int Local(int server) => Numbers[server];

    /// <summary>A bit for each term and server.</summary>
    public ulong Elected
    {
        get => (uint)Numbers[servers] | ((ulong)(uint)Numbers[servers + 1] << 32);
        set => (Numbers[servers], Numbers[servers + 1]) = ((int)value, (int)(value >> 32));
    }

    public ref int Committed => ref Numbers[servers + 2];

    public ref int Served => ref Numbers[servers + 3];

    /// <summary>Proposals, crashes and compactions that are left, a byte each.</summary>
    public ref int Budget => ref Numbers[servers + 4];

    public ReadOnlySpan<int> Messages => Numbers.AsSpan(servers + 5);

    /// <summary>A copy in which one server has another local state and some messages were added.</summary>
    public ClusterState With(int server, int local, ReadOnlySpan<int> sent)
    {
        int head = HeadLength(servers);
        Span<int> added = stackalloc int[sent.Length];
        int count = 0;
        foreach (int message in sent)
        {
            if (Messages.BinarySearch(message) < 0)
            {
                added[count++] = message;
            }
        }

        int[] next = new int[Numbers.Length + count];
        Numbers.AsSpan(0, head).CopyTo(next);
        next[server] = local;
        ReadOnlySpan<int> old = Messages;
        int at = head;
        int taken = 0;
        for (int i = 0; i < old.Length; i++)
        {
            while (taken < count && added[taken] < old[i])
            {
                next[at++] = added[taken++];
            }

            next[at++] = old[i];
        }

        added[taken..count].CopyTo(next.AsSpan(at));
        return new ClusterState(next, servers);
    }

    /// <summary>128 bits that tell states apart.</summary>
    public UInt128 Fingerprint()
    {
        ulong low = 0x243F6A8885A308D3;
        ulong high = 0x13198A2E03707344;
        foreach (int number in MemoryMarshal.Cast<int, uint>(Numbers.AsSpan()))
        {
            ulong value = (uint)number;
            low = Mix(low ^ value, 0x9E3779B97F4A7C15);
            high = Mix(high ^ value, 0xD6E8FEB86659FD93);
        }

        return new UInt128(Mix(high ^ (ulong)Numbers.Length, 0xA0761D6478BD642F), Mix(low, 0xE7037ED1A0B428DB));
    }

    private static ulong Mix(ulong value, ulong by)
    {
        ulong high = Math.BigMul(value, by, out ulong low);
        return high ^ low ^ (value << 1);
    }
}
