using System.Globalization;
using System.Reflection;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Exploration.Schedules;

/// <summary>Names the build that wrote a schedule: builds are deterministic, so the same sources give the same fingerprint everywhere.</summary>
public static class BuildFingerprint
{
    /// <summary>The fingerprint of library, specifications and engine, and of the assembly that holds the scenarios.</summary>
    public static string Of(Assembly scenarios)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        ulong hash = 0;
        foreach (Assembly assembly in new[] { typeof(RaftCore).Assembly, typeof(Monitors).Assembly, typeof(ControlledRuntime).Assembly, scenarios })
        {
            byte[] version = assembly.ManifestModule.ModuleVersionId.ToByteArray();
            hash = SplitMix.Mix(hash ^ BitConverter.ToUInt64(version, 0), BitConverter.ToUInt64(version, 8));
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
