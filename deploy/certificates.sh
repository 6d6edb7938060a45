#!/bin/sh
# Makes the certificates by which the site and its database know each other, where there are none that hold. What signs
# them is thrown away, so that nobody can make a third: to renew one is to make both anew.
#   sh certificates.sh DATABASE-FOLDER ITS-OWNER SITE-FOLDER ITS-OWNER
set -eu
umask 077
# “frankpledge doctor” asks for new ones two months before.
DAYS=730
database=$1 database_owner=$2 site=$3 site_owner=$4

hold() {
    [ -f "$database/server.key" ] && [ -f "$site/client.key" ] \
        && cmp -s "$database/authority.crt" "$site/authority.crt" \
        && openssl verify -CAfile "$site/authority.crt" "$database/server.crt" "$site/client.crt" >/dev/null 2>&1
}

# NAME SUBJECT OPTIONS: a key and its certificate, in the folder that one stands in.
make() {
    name=$1 subject=$2
    shift 2
    openssl req -x509 -config openssl.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days "$DAYS" \
        -keyout "$name.key" -out "$name.crt" -subj "/CN=$subject" "$@"
}

# NAME SUBJECT OPTIONS: the same, signed by the authority.
sign() {
    make "$@" -CA authority.crt -CAkey authority.key \
        -addext basicConstraints=critical,CA:false -addext keyUsage=critical,digitalSignature
}

# NAME FOLDER OWNER: put a key that is its owner's only into a folder, with its certificate and the authority's.
put() {
    rm -f "$2/authority.crt" "$2/$1.crt" "$2/$1.key"
    cp authority.crt "$1.crt" "$1.key" "$2"
    chmod 644 "$2/authority.crt" "$2/$1.crt"
    chown "$3" "$2/$1.key"
}

hold && exit 0
passing=$(mktemp -d)
trap 'rm -rf "$passing"' EXIT
cd "$passing"
# In place of the system's own file, which would add to what is asked for below.
printf '[req]\ndistinguished_name = name\n[name]\n' > openssl.cnf
make authority "Frankpledge's database" -addext basicConstraints=critical,CA:true,pathlen:0 \
    -addext keyUsage=critical,keyCertSign
# The name by which the site finds its database, and that of its role there.
sign server database -addext extendedKeyUsage=serverAuth -addext subjectAltName=DNS:database
sign client frankpledge -addext extendedKeyUsage=clientAuth
put server "$database" "$database_owner"
put client "$site" "$site_owner"
echo "There are new certificates for the site and its database, which hold for $DAYS days."
