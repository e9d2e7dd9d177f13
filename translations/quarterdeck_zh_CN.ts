<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ui::AboutDialog</name>
    <message>
        <source>About Quarterdeck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One window over every Kubernetes cluster you run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It connects to the clusters you ask for and to nothing else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::ClusterActions</name>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purple</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cyan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Browse objects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the objects of the chosen clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connects the chosen clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnects the chosen clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Try again now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks again at once instead of after the pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect &amp;group…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connects all clusters of a group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Protected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marks the chosen clusters as production</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect at &amp;start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connects at start again, even where signing in runs a program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit &amp;groups…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sorts the chosen clusters into groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions on clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Hue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect &amp;as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (user %2)</source>
        <comment>context and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be connected: %2</source>
        <comment>cluster and reason</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Connecting %Ln clusters</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Groups of %Ln clusters, divided by commas:</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %Ln names</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ClusterPanel</name>
    <message>
        <source>%1 signs in through a program</source>
        <comment>%1 is a user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS is not verified: the kubeconfig says insecure-skip-tls-verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pods of %1 only, others may not be read</source>
        <comment>%1 are namespaces</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>groups: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes of the chosen cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cluster chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a cluster above to see its nodes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is asked of this cluster until you connect it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the first answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cluster has no nodes.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::ClusterTable</name>
    <message>
        <source>protected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>nodes ready of nodes</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 requested of %2 allocatable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: user %2, namespace %3, %4</source>
        <comment>context, user, namespace, file</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU req.</source>
        <comment>CPU requested of allocatable</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory req.</source>
        <comment>memory requested of allocatable</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid until %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expired</source>
        <comment>credentials</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d</source>
        <comment>days</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>h</source>
        <comment>hours</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min</source>
        <comment>minutes</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln pods: %1 running, %2 pending, %3 succeeded, %4 failed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ClusterText</name>
    <message>
        <source>Node needs attention: %1</source>
        <comment>%1 is a node and its condition</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln nodes need attention</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live, TLS not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Away since %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Away since %1: %2</source>
        <comment>%2 is the reason</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Away since %1, last state shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, protected</source>
        <comment>%1 is a cluster</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::CommandLine</name>
    <message>
        <source>Filter or command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind, page, ctx NAME or ns NAME</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page, kind, cluster, namespace or action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Destinations</name>
    <message>
        <source>protected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::EmptyFleet</name>
    <message>
        <source>No kubeconfig with a context was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looked for, as kubectl does:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put your kubeconfig there, or name it by KUBECONFIG or --kubeconfig and start again. A file that appears is read by itself. To look around without a cluster of your own, start quarterdeck --demo.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::ErrorText</name>
    <message>
        <source>Cannot be understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not found: %1</source>
        <comment>%1 is a resource</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host name not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection cut or no route</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate of the server not accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credentials expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credentials missing or refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not allowed to %1 %2</source>
        <comment>%1 is a verb such as list, %2 a resource such as pods</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed by somebody else meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server no longer has that state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asks to slow down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server failed (HTTP %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is not Kubernetes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in program failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not served by this cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not served by this cluster</source>
        <comment>%1 is a resource</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A local file failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside Quarterdeck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend the entry in the kubeconfig; it is read again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the server&apos;s name in the kubeconfig and whether the VPN is up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network or the VPN; it is tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check certificate-authority in the kubeconfig, or whether a proxy stands between.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log in again or renew the credentials; the kubeconfig is read again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the cluster&apos;s administrator for a role with this right, or choose a namespace you may read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the sign-in program in a terminal to see what it says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the server&apos;s address in the kubeconfig: something else answers there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::FleetPage</name>
    <message>
        <source>Clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cluster matches %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln connected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters. %1</source>
        <comment>%1 is how many are connected</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln clusters shown. %2</source>
        <comment>%2 is how many are connected</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>filter clusters: provider:aws pods&gt;500 …</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::FootBar</name>
    <message>
        <source>State of the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory of this program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cluster connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln clusters live</source>
        <comment>how many of those connected</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln objects</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 events/min</source>
        <comment>%1 is a count of objects in words</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last change %1</source>
        <comment>%1 is like 2 s ago</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Format</name>
    <message>
        <source>now</source>
        <comment>when something changed last</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <comment>seconds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <comment>minutes</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <comment>hours</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <comment>days</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cores</source>
        <comment>unit of CPU</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::GroupDialog</name>
    <message>
        <source>Connect group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln not connected</source>
        <comment>%1 is a group of clusters</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(%Ln run a sign-in program)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters are sorted into groups by Edit groups… in their menu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::HelpDialog</name>
    <message>
        <source>Keys of %1</source>
        <comment>%1 is a page</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back: empties the filter, closes what was opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows with the one word, without the other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a column&apos;s value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more, less; ages and quantities are understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a regular expression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>combined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>&amp;Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;mmand: kind or page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose &amp;clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose &amp;namespaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back to the page before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New &amp;tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;lose tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show %1</source>
        <comment>%1 is a page</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys of this page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;bout Quarterdeck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Program menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no page %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – Quarterdeck</source>
        <comment>%1 is a page</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here is called %1</source>
        <comment>%1 was typed</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Navigation</name>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Needs</name>
    <message>
        <source>%1: %2</source>
        <comment>%1 is a cluster, %2 what is wrong</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer (%1)</source>
        <comment>%1 is the reason</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>node %1</source>
        <comment>%1 is a node and its condition</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>credentials expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>credentials end in %Ln days</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln restarts</source>
        <comment>%1 is a pod and its state</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more pods do not work</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::NeedsPanel</name>
    <message>
        <source>What needs you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a cluster to see what needs you there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::NodeTable</name>
    <message>
        <source>Node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU requested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory requested</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::ObjectTableModel</name>
    <message>
        <source>Cluster</source>
        <comment>column title</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Namespace</source>
        <comment>column title</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::PageList</name>
    <message>
        <source>Fleet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work</source>
        <comment>group of pages in the navigation</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <comment>group of pages in the navigation</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ground</source>
        <comment>group of pages in the navigation: hardware</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <comment>group of pages in the navigation: journal</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::PageStack</name>
    <message>
        <source>Tabs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Picker</name>
    <message>
        <source>Narrow the list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::ScopeBar</name>
    <message>
        <source>Clusters and namespaces shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>protected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster shown: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln namespaces</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Namespace</source>
        <comment>before one or more names</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::SettingsDialog</name>
    <message>
        <source>&amp;Connect at start what was connected last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect at start what was connected last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters that sign in through a program are connected at start only where you ticked that for the cluster itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;olours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::TopBar</name>
    <message>
        <source>Program menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to a page, kind, cluster or namespace, or run an action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
